using Abm.Privacy.Classification;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>What a masked copy would do with a column.</summary>
/// <param name="Name">The column.</param>
/// <param name="DataClass">The class that its property is declared to have; <see cref="Classification.DataClass.Unknown"/> if nobody declared one.</param>
/// <param name="Treatment">What happens: <c>kept</c>, <c>erased</c>, <c>masked by TokenMask</c>, or <c>undeclared</c>.</param>
/// <param name="Examples">Masked values of the first rows; empty for a column that is kept, whose values are clear.</param>
public sealed record MaskedColumnPlan(string Name, DataClass DataClass, string Treatment, IReadOnlyList<string> Examples);
