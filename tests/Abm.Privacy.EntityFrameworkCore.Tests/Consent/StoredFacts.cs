using System.Linq.Expressions;
using System.Reflection;
using Abm.Privacy.Consent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Consent;

/// <summary>A table with a column for every fact, each of them nullable: an application's own audience.</summary>
internal static class StoredFacts
{
    private static readonly MethodInfo Column = ((Func<object, string, int>)EF.Property<int>).Method.GetGenericMethodDefinition();

    public static IReadOnlyList<PropertyInfo> Facts { get; } =
        [.. typeof(ConsentFacts).GetProperties().Where(property => property.Name is not (nameof(ConsentFacts.Key) or "EqualityContract"))];

    /// <summary>The initializer that a user would write by hand.</summary>
    public static Expression<Func<StoredRow, ConsentFacts>> Selector { get; } = Select(Facts);

    public static Expression<Func<StoredRow, ConsentFacts>> Select(IEnumerable<PropertyInfo> facts)
    {
        var row = Expression.Parameter(typeof(StoredRow), "row");
        return Expression.Lambda<Func<StoredRow, ConsentFacts>>(
            Expression.MemberInit(
                Expression.New(typeof(ConsentFacts)),
                facts.Select(fact => Expression.Bind(fact, Expression.Call(Column.MakeGenericMethod(fact.PropertyType), row, Expression.Constant(fact.Name))))),
            row);
    }

    public static void Map(EntityTypeBuilder<StoredRow> entity)
    {
        foreach (var fact in Facts)
        {
            entity.Property(fact.PropertyType, fact.Name);
        }
    }
}

/// <summary>One row; its facts are shadow properties.</summary>
internal sealed class StoredRow
{
    public int Id { get; set; }
}

internal sealed class StoredFactsContext(DbContextOptions<StoredFactsContext> options) : DbContext(options)
{
    public DbSet<StoredRow> Rows => Set<StoredRow>();

    public async Task AddAsync(IReadOnlyList<ConsentFacts> rows)
    {
        ChangeTracker.AutoDetectChangesEnabled = false;
        for (var i = 0; i < rows.Count; i++)
        {
            var entry = Add(new StoredRow { Id = i + 1 });
            foreach (var fact in StoredFacts.Facts)
            {
                entry.Property(fact.Name).CurrentValue = fact.GetValue(rows[i]);
            }

            if (i % 5000 == 4999 || i == rows.Count - 1)
            {
                await SaveChangesAsync();
                ChangeTracker.Clear();
            }
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => StoredFacts.Map(modelBuilder.Entity<StoredRow>());
}
