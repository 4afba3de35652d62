using System.Text.RegularExpressions;

namespace QuickStart.Contacts;

/// <summary>How often each reason occurred; numbers inside a reason (line numbers) are not told apart.</summary>
internal sealed partial class FaultCounts
{
    private readonly Dictionary<(string Field, string Reason), long> _counts = [];

    public void Add(RowFault fault)
    {
        var key = (fault.Field, LineNumber().Replace(fault.Reason, "line …"));
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
    }

    public IEnumerable<(string Field, string Reason, long Count)> MostFrequentFirst() =>
        _counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Select(entry => (entry.Key.Field, entry.Key.Reason, entry.Value));

    [GeneratedRegex("line [0-9]+")]
    private static partial Regex LineNumber();
}
