using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Model;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>A protected column and its index columns, by the names that SQL has; no column where the value stands elsewhere.</summary>
internal sealed record EntityTableField(ProtectedField Field, string? Column, IReadOnlyList<string> Indexes)
{
    public bool Is(FieldContext context) =>
        context.Field == Field.Name.Field && context.Entity == Field.Name.Entity && context.Scope == Field.Name.Scope;
}
