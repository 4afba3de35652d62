using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>How a context's model names the tables, and the dialect of its database.</summary>
internal sealed class KeyTables
{
    public const string PostgresProvider = "Npgsql.EntityFrameworkCore.PostgreSQL";
    public const string SqliteProvider = "Microsoft.EntityFrameworkCore.Sqlite";

    private static readonly ConditionalWeakTable<IModel, KeyTables> Known = [];

    private KeyTables(string keys, string gates, string provider)
    {
        Keys = keys;
        Gates = gates;
        Dialect = provider switch
        {
            PostgresProvider => new PostgresKeyDialect(this),
            SqliteProvider => new SqliteKeyDialect(this),
            _ => throw new NotSupportedException($"The database provider {provider} is not supported. Use PostgreSQL (Npgsql) or SQLite."),
        };
    }

    /// <summary>The quoted table of data keys, with its schema.</summary>
    public string Keys { get; }

    /// <summary>The quoted table of gates, with its schema.</summary>
    public string Gates { get; }

    public KeyDialect Dialect { get; }

    /// <exception cref="InvalidOperationException">The model lacks the tables, or something changed their columns.</exception>
    public static KeyTables Of(DbContext context) => Known.TryGetValue(context.Model, out var known)
        ? known
        : Known.GetValue(context.Model, _ => Read(context));

    private static KeyTables Read(DbContext context)
    {
        return new KeyTables(NameOf<DataKeyRow>(context), NameOf<DataKeyGateRow>(context), context.Database.ProviderName ?? "(none)");
    }

    /// <summary>The quoted name of one of the library's tables, with its schema.</summary>
    /// <exception cref="InvalidOperationException">The model lacks the table, or something changed its columns.</exception>
    public static string NameOf<TRow>(DbContext context)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        var entity = context.Model.FindEntityType(typeof(TRow).FullName!)
            ?? throw new InvalidOperationException($"{context.GetType().Name} lacks the library's tables. Call modelBuilder.UseAbmPrivacy() in its OnModelCreating.");
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        foreach (var property in entity.GetProperties())
        {
            // statements name the columns
            var expected = string.Concat(property.Name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
            if (property.GetColumnName(table) != expected)
            {
                throw new InvalidOperationException(
                    $"The column of {typeof(TRow).Name}.{property.Name} was renamed. Leave the tables of UseAbmPrivacy() out of conventions that change all tables.");
            }
        }

        return sql.DelimitIdentifier(table.Name, table.Schema);
    }
}
