namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>How far a masked copy has come.</summary>
/// <param name="Table">The table that is being copied.</param>
/// <param name="Rows">How many of its rows are written; they are kept only if the whole copy succeeds.</param>
public sealed record MaskedCopyProgress(string Table, long Rows);
