namespace QuickStart.Contacts;

/// <summary>What becomes of a row after the search for duplicates.</summary>
/// <param name="FirstLine">The line of the row with the same e-mail address, if there is one.</param>
/// <param name="Merges">Whether this row and that are one contact.</param>
/// <param name="Field">The column by which the row is refused; null if it is not refused.</param>
/// <param name="Reason">Why it is refused.</param>
internal readonly record struct DuplicateVerdict(int? FirstLine, bool Merges, string? Field, string? Reason)
{
    public static DuplicateVerdict Unique => default;

    public static DuplicateVerdict Merge(int firstLine) => new(firstLine, Merges: true, null, null);

    public static DuplicateVerdict Refuse(int? firstLine, string field, string reason) => new(firstLine, Merges: false, field, reason);
}
