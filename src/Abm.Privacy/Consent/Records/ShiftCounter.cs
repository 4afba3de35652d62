namespace Abm.Privacy.Consent.Records;

/// <summary>Counts pairs of answers. Not safe for use by several threads at once.</summary>
internal sealed class ShiftCounter(int maxSamples)
{
    // answers are shared by mask, so most pairs are seen again as the same objects
    private const int MaxPairs = 65_536;

    // a report of more kinds is read by nobody, and memory must not grow with the rows
    private const int MaxTexts = 4_096;

    private readonly Dictionary<(ConsentVerdict, ConsentVerdict), Shift?> _byPair = [];
    private readonly Dictionary<string, Shift> _byText = new(StringComparer.Ordinal);

    private long _failed;
    private Exception? _failure;

    public long Total { get; private set; }

    public void Fail(Exception failure)
    {
        Total++;
        _failed++;
        _failure ??= failure;
    }

    public void Add(ConsentVerdict active, ConsentVerdict candidate, string key)
    {
        Total++;
        if (!_byPair.TryGetValue((active, candidate), out var shift))
        {
            shift = Find(active, candidate);
            if (_byPair.Count < MaxPairs)
            {
                _byPair[(active, candidate)] = shift;
            }
        }

        if (shift is null)
        {
            return;
        }

        shift.Count++;
        if (shift.Samples.Count < maxSamples)
        {
            shift.Samples.Add(key);
        }
    }

    public PolicyDiffReport Report(PolicyReference active, PolicyReference candidate) => new(active, candidate, Total,
    [
        .. _byText.Values.OrderByDescending(shift => shift.Count).ThenBy(shift => shift.Text, StringComparer.Ordinal)
            .Select(shift => new DecisionShift(shift.From, shift.To, shift.FromCodes, shift.ToCodes, shift.Count, [.. shift.Samples])),
    ],
    _failed,
    _failure);

    private Shift? Find(ConsentVerdict active, ConsentVerdict candidate)
    {
        var obligations = Obligations(active) != Obligations(candidate);
        if (active.Outcome == candidate.Outcome && Codes(active).SequenceEqual(Codes(candidate)) && !obligations)
        {
            return null;
        }

        var (from, to) = (Codes(active), Codes(candidate));
        return FindOrAdd(active.Outcome, candidate.Outcome, from, to, _byText.Count < MaxTexts) ?? FindOrAdd(active.Outcome, candidate.Outcome, [], [], mayAdd: true);
    }

    private Shift? FindOrAdd(ConsentOutcome from, ConsentOutcome to, IReadOnlyList<string> fromCodes, IReadOnlyList<string> toCodes, bool mayAdd)
    {
        var text = $"{from} {string.Join('+', fromCodes)} {to} {string.Join('+', toCodes)}";
        if (!_byText.TryGetValue(text, out var shift) && mayAdd)
        {
            _byText.Add(text, shift = new Shift(text, from, to, fromCodes, toCodes));
        }

        return shift;
    }

    private static string Obligations(ConsentVerdict verdict) => string.Join(' ', verdict.Obligations);

    private static IReadOnlyList<string> Codes(ConsentVerdict verdict) => [.. verdict.Reasons.Select(reason => reason.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed class Shift(string text, ConsentOutcome from, ConsentOutcome to, IReadOnlyList<string> fromCodes, IReadOnlyList<string> toCodes)
    {
        public string Text { get; } = text;

        public ConsentOutcome From { get; } = from;

        public ConsentOutcome To { get; } = to;

        public IReadOnlyList<string> FromCodes { get; } = fromCodes;

        public IReadOnlyList<string> ToCodes { get; } = toCodes;

        public long Count { get; set; }

        public List<string> Samples { get; } = [];
    }
}
