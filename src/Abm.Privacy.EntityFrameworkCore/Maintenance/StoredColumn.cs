using System.Data.Common;
using Abm.Privacy.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>A column that holds an id, read and written as a text the way Entity Framework Core stores it.</summary>
internal sealed class StoredColumn
{
    private readonly BoundProperty _bound;
    private readonly RelationalTypeMapping _mapping;
    private readonly Func<DbDataReader, int, object> _read;

    public StoredColumn(IProperty property, string name)
    {
        (Property, Name, _bound, _mapping) = (property, name, new BoundProperty(property), property.GetRelationalTypeMapping());
        if (!RecordText.IsSupported(property))
        {
            throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} is a key of a type that has no text, so the table cannot be gone through in its order. Use a Guid, a text or a whole number.");
        }

        _read = StoredValue.ReaderOf(_mapping);
    }

    public IProperty Property { get; }

    /// <summary>The name as SQL has it.</summary>
    public string Name { get; }

    /// <summary>The id's text; null if there is none.</summary>
    public string? Read(DbDataReader reader, int ordinal)
    {
        if (reader.IsDBNull(ordinal))
        {
            return null;
        }

        var stored = _read(reader, ordinal);
        return _bound.Write(_mapping.Converter is { } converter ? converter.ConvertFromProvider(stored) : stored);
    }

    public void Add(DbCommand command, string name, string text) =>
        command.Parameters.Add(_mapping.CreateParameter(command, name, _bound.Parse(text), nullable: false));

    /// <summary>The ids as an array of the type that is stored, for PostgreSQL.</summary>
    public Array ToArray(IReadOnlyList<string> texts)
    {
        var type = _mapping.Converter?.ProviderClrType ?? Property.ClrType;
        var array = Array.CreateInstance(Nullable.GetUnderlyingType(type) ?? type, texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            var value = _bound.Parse(texts[i]);
            array.SetValue(_mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value, i);
        }

        return array;
    }
}
