namespace Abm.Privacy.Consent.Records;

/// <summary>Counts pairs of answers. Not safe for use by several threads at once.</summary>
internal sealed class ShiftCounter(int maxSamples)
{
    // answers are shared by mask, so most pairs are seen again as the same objects
    private const int MaxPairs = 65_536;

    private readonly Dictionary<(ConsentVerdict, ConsentVerdict), Shift?> _byPair = [];
    private readonly Dictionary<string, Shift> _byText = new(StringComparer.Ordinal);

    public long Total { get; private set; }

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
            .Select(shift => new DecisionShift(shift.Active.Outcome, shift.Candidate.Outcome, Codes(shift.Active), Codes(shift.Candidate), shift.Count, [.. shift.Samples])),
    ]);

    private Shift? Find(ConsentVerdict active, ConsentVerdict candidate)
    {
        var obligations = Obligations(active) != Obligations(candidate);
        if (active.Outcome == candidate.Outcome && Codes(active).SequenceEqual(Codes(candidate)) && !obligations)
        {
            return null;
        }

        var text = $"{active.Outcome} {string.Join('+', Codes(active))} {candidate.Outcome} {string.Join('+', Codes(candidate))}";
        if (!_byText.TryGetValue(text, out var shift))
        {
            shift = new Shift(text, active, candidate);
            _byText.Add(text, shift);
        }

        return shift;
    }

    private static string Obligations(ConsentVerdict verdict) => string.Join(' ', verdict.Obligations);

    private static IReadOnlyList<string> Codes(ConsentVerdict verdict) => [.. verdict.Reasons.Select(reason => reason.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed class Shift(string text, ConsentVerdict active, ConsentVerdict candidate)
    {
        public string Text { get; } = text;

        public ConsentVerdict Active { get; } = active;

        public ConsentVerdict Candidate { get; } = candidate;

        public long Count { get; set; }

        public List<string> Samples { get; } = [];
    }
}
