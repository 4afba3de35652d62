using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>A protected property of an entity type's entries.</summary>
internal sealed class ProtectedField(IProperty property, FieldName name, string path, bool isInJson, IReadOnlyList<BlindIndexColumn> indexes)
{
    private Template? _last;

    public IProperty Property { get; } = property;

    public FieldName Name { get; } = name;

    /// <summary>The way from the entity's class: complex properties and the property.</summary>
    public string Path { get; } = path;

    /// <summary>Whether the value is written as a part of a JSON text, which is made before a transaction starts.</summary>
    public bool IsInJson { get; } = isInJson;

    /// <summary>How the value's length is hidden.</summary>
    public Padding Padding { get; } = FieldPadding.Of(property);

    /// <summary>The columns that the value is found by.</summary>
    public IReadOnlyList<BlindIndexColumn> Indexes { get; } = indexes;

    public FieldContext ContextOf(TenantId tenant, string record)
    {
        // names are checked once for each change of tenant
        var template = Volatile.Read(ref _last);
        if (template is null || template.Context.Tenant != tenant)
        {
            template = new Template(new FieldContext(tenant, Name.Scope, Name.Entity, Name.Field, "0"));
            Volatile.Write(ref _last, template);
        }

        return template.Context.ForRecord(record);
    }

    private sealed record Template(FieldContext Context);
}
