namespace QuickStart.Contacts;

/// <summary>Something wrong with one cell or row. It names the place and the reason and never the value.</summary>
/// <param name="Line">The line on which the row starts.</param>
/// <param name="Field">The column, or <c>row</c> for the row as a whole.</param>
/// <param name="Reason">What is wrong, as a sentence.</param>
/// <param name="RejectsRow">Whether the row cannot be used; otherwise it is imported without this value.</param>
internal readonly record struct RowFault(int Line, string Field, string Reason, bool RejectsRow)
{
    public const string WholeRow = "row";
}
