using Abm.Privacy.Masking;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>The tables of a copy in an order in which no row refers to one that is not there yet, with the rules of keys handed on to what refers to them.</summary>
internal sealed class MaskedTables
{
    private readonly List<string> _faults = [];

    public MaskedTables(DbContext source, IReadOnlyDictionary<ITable, Dictionary<string, ColumnRule>> rules, IMasker? masker)
    {
        var tables = rules.ToDictionary(entry => entry.Key, entry => new MaskedTable(source, entry.Key, entry.Value, masker));
        All = Order(tables);
        foreach (var table in All)
        {
            foreach (var constraint in table.Table.ForeignKeyConstraints)
            {
                HandOn(table, constraint, tables.GetValueOrDefault(constraint.PrincipalTable));
            }
        }

        _faults.AddRange(All.SelectMany(table => table.FindFaults()));
    }

    public IReadOnlyList<MaskedTable> All { get; }

    public IReadOnlyList<string> Faults => _faults;

    private void HandOn(MaskedTable table, IForeignKeyConstraint constraint, MaskedTable? principal)
    {
        for (var i = 0; i < constraint.Columns.Count; i++)
        {
            if (table.Find(constraint.Columns[i].Name) is not { } column)
            {
                continue;
            }

            if (principal is null)
            {
                if (!ReferenceEquals(column.Rule, ColumnRule.Erased))
                {
                    _faults.Add($"{table.Name}.{column.Name} refers to {constraint.PrincipalTable.SchemaQualifiedName}, which is not copied. Copy that table too, or erase the column.");
                    column.Rule ??= ColumnRule.Kept; // one fault is enough
                }

                continue;
            }

            var key = principal.Find(constraint.PrincipalColumns[i].Name);
            if (key?.Rule is null || ReferenceEquals(column, key))
            {
                continue; // the key's own fault says what is missing
            }

            if (key.Rule.Of is not null)
            {
                _faults.Add($"{principal.Name}.{key.Name} is masked by another column, and {table.Name}.{column.Name} refers to it. Mask a key by its own value.");
            }
            else if (column.Rule is null || (column.IsByDefault && (column.Rule.ShowsClearValues || !key.Rule.ShowsClearValues)))
            {
                // what the class alone says yields to the key, but never so that a clear value appears
                (column.Rule, column.IsByDefault) = (key.Rule, false);
            }
            else if (!ReferenceEquals(column.Rule, key.Rule) && !ReferenceEquals(column.Rule, ColumnRule.Erased))
            {
                _faults.Add($"{table.Name}.{column.Name} refers to {principal.Name}.{key.Name}, and the two are treated differently: rows would lose each other. Say nothing about the column that refers, and it is treated like the key.");
            }
        }
    }

    private static List<MaskedTable> Order(Dictionary<ITable, MaskedTable> tables)
    {
        var (ordered, seen) = (new List<MaskedTable>(), new HashSet<ITable>());
        void Visit(ITable table)
        {
            if (!tables.TryGetValue(table, out var masked) || !seen.Add(table))
            {
                return;
            }

            foreach (var constraint in table.ForeignKeyConstraints.OrderBy(constraint => constraint.Name, StringComparer.Ordinal))
            {
                Visit(constraint.PrincipalTable);
            }

            ordered.Add(masked);
        }

        foreach (var table in tables.Keys.OrderBy(table => table.SchemaQualifiedName, StringComparer.Ordinal))
        {
            Visit(table);
        }

        return ordered;
    }
}
