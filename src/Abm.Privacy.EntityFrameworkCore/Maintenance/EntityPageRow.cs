using Abm.Privacy.Encryption;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>A row that was read: the record, and for each of its fields what the index columns hold.</summary>
internal sealed record EntityPageRow(RewrapRecord Record, IReadOnlyList<(EntityTableField Field, byte[]?[] Tokens)> Stored);
