using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.BlindIndexes;

/// <summary>The column that holds the index values of a protected property.</summary>
internal sealed record BlindIndexColumn(IProperty Property, BlindIndexBinding Binding);
