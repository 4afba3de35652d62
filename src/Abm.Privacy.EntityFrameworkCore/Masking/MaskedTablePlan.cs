namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>What a masked copy would do with a table.</summary>
/// <param name="Name">The table, with its schema if it has one.</param>
/// <param name="Rows">How many rows the source has now.</param>
/// <param name="Columns">Its columns.</param>
public sealed record MaskedTablePlan(string Name, long Rows, IReadOnlyList<MaskedColumnPlan> Columns)
{
    /// <summary>Columns that are not copied, since the target's database makes their values itself: computed ones and row versions.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
