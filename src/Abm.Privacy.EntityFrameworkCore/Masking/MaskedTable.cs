using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Masking;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>A table that is copied: its columns, and what is said about each.</summary>
internal sealed class MaskedTable
{
    private readonly Dictionary<string, MaskedColumn> _byName;

    public MaskedTable(DbContext source, ITable table, IReadOnlyDictionary<string, ColumnRule> rules, IMasker? masker)
    {
        var sql = source.GetService<ISqlGenerationHelper>();
        (Table, SqlName) = (table, sql.DelimitIdentifier(table.Name, table.Schema));
        var primary = table.PrimaryKey?.Columns.ToHashSet() ?? [];
        var unique = primary
            .Concat(table.UniqueConstraints.SelectMany(constraint => constraint.Columns))
            .Concat(table.Indexes.Where(index => index.IsUnique).SelectMany(index => index.Columns))
            .Concat(table.ForeignKeyConstraints.SelectMany(constraint => constraint.Columns))
            .ToHashSet();
        Columns = [.. table.Columns.Where(column => !IsMadeByTheDatabase(column)).Select(column =>
        {
            var property = column.PropertyMappings.Count == 0 ? null : column.PropertyMappings[0].Property;
            var made = new MaskedColumn(column, property, ClassOf(column), unique.Contains(column), primary.Contains(column));
            made.IsByDefault = !rules.ContainsKey(column.Name);
            made.Rule = made.IsByDefault ? RuleOf(made, masker) : rules[column.Name];
            return made;
        })];
        LeftOut = [.. table.Columns.Where(IsMadeByTheDatabase).Select(column => column.Name)];
        _byName = Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        SqlColumns = [.. Columns.Select(column => sql.DelimitIdentifier(column.Name))];
    }

    public ITable Table { get; }

    public string Name => Table.SchemaQualifiedName;

    public string SqlName { get; }

    public IReadOnlyList<MaskedColumn> Columns { get; }

    /// <summary>The columns whose values the target's database makes itself.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    public IReadOnlyList<string> SqlColumns { get; }

    public MaskedColumn? Find(string name) => _byName.GetValueOrDefault(name);

    public int IndexOf(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Masks a row in place of its clear values.</summary>
    public object?[] Mask(object?[] row)
    {
        var masked = new object?[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var deciding = Columns[i].Rule!.Of is { } of ? MaskedColumn.TextOf(row[IndexOf(of)]) : null;
            masked[i] = Columns[i].Mask(row[i], deciding);
        }

        return masked;
    }

    public IEnumerable<string> FindFaults()
    {
        foreach (var column in Columns)
        {
            if (FaultOf(column) is { } fault)
            {
                yield return $"{Name}.{column.Name} {fault}";
            }
        }
    }

    private string? FaultOf(MaskedColumn column) => column.Rule switch
    {
        null when ProtectedPlaces.IsProtected(column.Property?.ClrType) || IsIndex(column) =>
            "holds values or indexes that are encrypted under the source's keys, which a copy could not open. Erase it.",
        null => column.DataClass.IsUnknown
            ? "is undeclared: nobody classified it, and nobody said what happens to it. Keep, mask or erase it."
            : $"is of the class {column.DataClass.Name}, and nobody said how that is masked here. Set a Masker if it is text, or mask or erase it.",
        var rule when (ProtectedPlaces.IsProtected(column.Property?.ClrType) || IsIndex(column)) && !ReferenceEquals(rule, ColumnRule.Erased) =>
            "holds values or indexes that are encrypted under the source's keys. A copy would carry what they protect to wherever the keys are; erase it.",
        var rule when !rule.Takes(column.Type) => $"is stored as {column.Type.Name} and cannot be {rule.Treatment}. Keep or erase it, or use a mask for its type.",
        var rule when ReferenceEquals(rule, ColumnRule.Erased) && column.IsPrimary => "is a part of the primary key and cannot be erased. Keep it, or mask it without collisions.",
        var rule when ReferenceEquals(rule, ColumnRule.Erased) && !column.IsNullable && column.Type != typeof(string) =>
            "takes no null and is no text, so it cannot be erased. Keep it, or use a mask for its type.",
        { Of: { } of } when Find(of) is not { HasText: true } => $"is masked by {of}, which is no text, Guid or whole number. Name another column.",
        _ => null,
    };

    private static ColumnRule? RuleOf(MaskedColumn column, IMasker? masker) => column.DataClass switch
    {
        { IsUnknown: true } => null,
        { Name: DataClasses.NotPersonal } => ColumnRule.Kept,
        var dataClass when masker is not null && column.Type == typeof(string) && !column.IsUnique => ColumnRule.ByClass(masker, dataClass),
        _ => null,
    };

    /// <summary>The class of everything that a column holds; unknown if the properties that share it differ.</summary>
    private static DataClass ClassOf(IColumn column)
    {
        var classes = column.PropertyMappings.Select(mapping => ClassOf(mapping.Property)).Distinct().ToList();
        return classes is [var only] ? only : DataClass.Unknown;
    }

    private static DataClass ClassOf(IProperty property) =>
        property is { PropertyInfo: not null, DeclaringType: IEntityType type } ? ClassifiedModel.Of(type.ClrType).ClassOf(property.Name) : DataClass.Unknown;

    private static bool IsIndex(MaskedColumn column) => column.Property?.FindAnnotation(PrivacyAnnotations.BlindIndex) is not null;

    /// <summary>Computed columns and row versions, which take no value; one that is merely generated on update is data.</summary>
    private static bool IsMadeByTheDatabase(IColumn column) => column.ComputedColumnSql is not null
        || column.PropertyMappings.Any(mapping => mapping.Property is { ValueGenerated: ValueGenerated.OnAddOrUpdate, IsConcurrencyToken: true });
}
