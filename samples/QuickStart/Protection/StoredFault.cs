using Abm.Privacy;

namespace QuickStart.Protection;

/// <summary>A stored value that is not the one that was stored.</summary>
/// <param name="Row">The row: the line of the list that it came from.</param>
/// <param name="Field">The field, or <c>row</c> for the row as a whole.</param>
/// <param name="Code">The typed error that opening it gave.</param>
internal readonly record struct StoredFault(int Row, string Field, PrivacyErrorCode Code)
{
    public const string WholeRow = "row";
}
