using System.Data.Common;
using System.Globalization;
using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>A column that is copied, with what happens to it.</summary>
internal sealed class MaskedColumn
{
    private readonly RelationalTypeMapping _mapping;
    private readonly Func<DbDataReader, int, object> _read;

    public MaskedColumn(IColumn column, IProperty? property, DataClass dataClass, bool isUnique, bool isPrimary)
    {
        (Name, Property, DataClass, IsUnique, IsPrimary) = (column.Name, property, dataClass, isUnique, isPrimary);
        _mapping = column.StoreTypeMapping;
        _read = StoredValue.ReaderOf(_mapping);
        Type = _mapping.Converter?.ProviderClrType ?? _mapping.ClrType;
        Type = Nullable.GetUnderlyingType(Type) ?? Type;
        IsNullable = column.IsNullable;
    }

    public string Name { get; }

    /// <summary>Null for a column of JSON.</summary>
    public IProperty? Property { get; }

    public DataClass DataClass { get; }

    /// <summary>The type that is read and written.</summary>
    public Type Type { get; }

    public bool IsNullable { get; }

    /// <summary>Whether two rows cannot have the same value, or other tables refer to it.</summary>
    public bool IsUnique { get; }

    public bool IsPrimary { get; }

    /// <summary>What happens; null as long as nobody said.</summary>
    public ColumnRule? Rule { get; set; }

    /// <summary>Whether the rule follows from the column's class, and nobody said it here.</summary>
    public bool IsByDefault { get; set; }

    /// <summary>Whether the column of a rule's person or of its deciding value has a text.</summary>
    public bool HasText => Type == typeof(string) || Type == typeof(Guid) || Type == typeof(int) || Type == typeof(long) || Type == typeof(short);

    public object? Read(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : _read(reader, ordinal);

    public static string? TextOf(object? value) => value switch
    {
        null => null,
        string text => text,
        Guid id => id.ToString("D"),
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException("The value has no text."),
    };

    /// <summary>Masks a value.</summary>
    public object? Mask(object? value, string? deciding)
    {
        var rule = Rule!;
        if (rule.Of is not null && value is not null && string.IsNullOrEmpty(deciding))
        {
            throw new PrivacyException(
                PrivacyErrorCode.MaskedCopyRefused, $"A row has a value in {Name} and none in {rule.Of}, which decides how it is masked. Nothing was copied. Complete the row, or erase {Name}.");
        }

        if (ReferenceEquals(rule, ColumnRule.Erased))
        {
            return IsNullable ? null : "";
        }

        return rule.ApplyTo(value, rule.Of is null ? null : deciding, IsNullable, mustDiffer: IsUnique && !rule.ShowsClearValues);
    }

    public void Add(DbCommand command, string name, object? value)
    {
        var parameter = _mapping.CreateParameter(command, name, null, nullable: true);
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
