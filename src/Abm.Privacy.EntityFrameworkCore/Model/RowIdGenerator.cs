using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.ValueGeneration;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>Makes the Guid that stands for a record whose key the database makes; version 7, which indexes well.</summary>
internal sealed class RowIdGenerator : ValueGenerator<Guid>
{
    public override bool GeneratesTemporaryValues => false;

    public override Guid Next(EntityEntry entry) => Guid.CreateVersion7();
}
