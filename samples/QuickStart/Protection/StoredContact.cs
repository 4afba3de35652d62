using System.Diagnostics;

namespace QuickStart.Protection;

/// <summary>One line of the protected file.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="ContactId">The record's key, or null if the line is not what was written.</param>
/// <param name="Fields">The encrypted fields: column and envelope as text.</param>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed record StoredContact(int Line, string? ContactId, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    public static StoredContact Unreadable(int line) => new(line, null, []);

    public override string ToString() => $"[stored contact of line {Line}]";
}
