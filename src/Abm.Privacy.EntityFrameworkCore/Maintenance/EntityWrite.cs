namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>One column of a write.</summary>
/// <param name="Column">The protected column.</param>
/// <param name="Source">The column whose old content must still be there: the same one, or a clear column that is imported.</param>
/// <param name="ClearedSource">The source if it is emptied; else null.</param>
/// <param name="IsText">Whether the source holds text.</param>
/// <param name="Indexes">The index columns.</param>
internal sealed record EntityWrite(string Column, string Source, string? ClearedSource, bool IsText, IReadOnlyList<string> Indexes);
