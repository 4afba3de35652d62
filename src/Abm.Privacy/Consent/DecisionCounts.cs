using System.Globalization;

namespace Abm.Privacy.Consent;

/// <summary>How many rows of an audience got which answer, and why. A row counts once for each of its reasons.</summary>
public sealed class DecisionCounts
{
    private readonly Dictionary<ConsentOutcome, long> _outcomes = [];
    private readonly Dictionary<(ConsentOutcome Outcome, string Code), long> _reasons = [];
    private readonly Dictionary<string, long> _obligations = new(StringComparer.Ordinal);

    /// <summary>All rows.</summary>
    public long Total => _outcomes.Values.Sum();

    /// <summary>Rows that may be used.</summary>
    public long Permitted => Of(ConsentOutcome.Permit);

    /// <summary>Rows that may be used later.</summary>
    public long Deferred => Of(ConsentOutcome.Defer);

    /// <summary>Rows that may not be used.</summary>
    public long Denied => Of(ConsentOutcome.Deny);

    /// <summary>The reasons with their counts: permits first, then deferrals, then denials, each by count.</summary>
    public IReadOnlyList<ReasonCount> Reasons =>
    [
        .. _reasons.Select(reason => new ReasonCount(reason.Key.Outcome, reason.Key.Code, reason.Value))
            .OrderByDescending(reason => reason.Outcome)
            .ThenByDescending(reason => reason.Count)
            .ThenBy(reason => reason.Code, StringComparer.Ordinal),
    ];

    /// <summary>For how many permitted rows a sender must do what.</summary>
    public IReadOnlyDictionary<string, long> Obligations => _obligations;

    /// <summary>Counts an answer.</summary>
    /// <param name="verdict">The answer.</param>
    /// <param name="rows">For how many rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void Add(ConsentVerdict verdict, long rows = 1)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        _outcomes[verdict.Outcome] = Of(verdict.Outcome) + rows;
        foreach (var code in verdict.Reasons.Select(reason => reason.Code).Distinct(StringComparer.Ordinal))
        {
            _reasons[(verdict.Outcome, code)] = _reasons.GetValueOrDefault((verdict.Outcome, code)) + rows;
        }

        if (verdict.Outcome == ConsentOutcome.Permit)
        {
            foreach (var obligation in verdict.Obligations)
            {
                _obligations[obligation.Code] = _obligations.GetValueOrDefault(obligation.Code) + rows;
            }
        }
    }

    /// <summary>Rows with an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>How many.</returns>
    public long Of(ConsentOutcome outcome) => _outcomes.GetValueOrDefault(outcome);

    /// <summary>Rows with a reason.</summary>
    /// <param name="reasonCode">The code.</param>
    /// <returns>How many, whatever their outcome.</returns>
    public long WithReason(string reasonCode) => _reasons.Where(reason => reason.Key.Code == reasonCode).Sum(reason => reason.Value);

    /// <summary>The outcomes with their counts.</summary>
    /// <returns>For example <c>612,400 permit, 10 defer, 387,590 deny</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Permitted:N0} permit, {Deferred:N0} defer, {Denied:N0} deny");
}
