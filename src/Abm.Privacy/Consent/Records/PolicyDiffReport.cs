using System.Globalization;

namespace Abm.Privacy.Consent.Records;

/// <summary>How many decisions another policy would change, and how.</summary>
public sealed class PolicyDiffReport
{
    internal PolicyDiffReport(PolicyReference active, PolicyReference candidate, long total, IReadOnlyList<DecisionShift> shifts, long failed, Exception? failure) =>
        (Active, Candidate, Total, Shifts, Failed, Failure) = (active, candidate, total, shifts, failed, failure);

    /// <summary>The policy that decides.</summary>
    public PolicyReference Active { get; }

    /// <summary>The policy that might.</summary>
    public PolicyReference Candidate { get; }

    /// <summary>All decisions.</summary>
    public long Total { get; }

    /// <summary>Decisions that would differ in outcome, reasons or obligations.</summary>
    public long Changed => Shifts.Sum(shift => shift.Count);

    /// <summary>Decisions whose outcome would differ.</summary>
    public long ChangedOutcomes => Shifts.Where(shift => shift.ChangesOutcome).Sum(shift => shift.Count);

    /// <summary>Decisions that would become permits.</summary>
    public long NewlyPermitted => Shifts.Where(shift => shift.ChangesOutcome && shift.To == ConsentOutcome.Permit).Sum(shift => shift.Count);

    /// <summary>Decisions that would no longer be permits.</summary>
    public long NoLongerPermitted => Shifts.Where(shift => shift.ChangesOutcome && shift.From == ConsentOutcome.Permit).Sum(shift => shift.Count);

    /// <summary>Decisions about which the candidate answered nothing, because asking it failed. They are in the total and not among the changes.</summary>
    public long Failed { get; }

    /// <summary>The first failure of the candidate; null if there was none.</summary>
    public Exception? Failure { get; }

    /// <summary>The kinds of changes, the most frequent first. Beyond some thousand kinds, further ones are counted together by their outcomes, without reasons.</summary>
    public IReadOnlyList<DecisionShift> Shifts { get; }

    /// <summary>The counts in a sentence.</summary>
    /// <returns>For example <c>abm-default 13.0.0 would change 1,204 of 1,000,000 decisions</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Candidate} would change {Changed:N0} of {Total:N0} decisions");
}
