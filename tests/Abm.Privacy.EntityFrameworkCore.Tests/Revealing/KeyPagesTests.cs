using Abm.Privacy.EntityFrameworkCore.Revealing;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Revealing;

public class KeyPagesTests
{
    [Theory]
    [InlineData(QueryTrackingBehavior.TrackAll)]
    [InlineData(QueryTrackingBehavior.NoTracking)]
    [InlineData(QueryTrackingBehavior.NoTrackingWithIdentityResolution)]
    public void Entities_that_do_not_tell_their_key_are_read_in_pages_only_where_they_are_tracked(QueryTrackingBehavior byDefault)
    {
        using var context = new HiddenContext(new DbContextOptionsBuilder<HiddenContext>().UseSqlite("Data Source=:memory:").UseQueryTrackingBehavior(byDefault).Options);

        Assert.Equal(byDefault == QueryTrackingBehavior.TrackAll, IsAccepted(context, context.Hidden));
        Assert.True(IsAccepted(context, context.Hidden.AsTracking()));
        Assert.True(IsAccepted(context, context.Hidden.AsNoTracking().AsTracking()));
        Assert.False(IsAccepted(context, context.Hidden.AsNoTracking()));
        Assert.False(IsAccepted(context, context.Hidden.AsTracking().AsNoTrackingWithIdentityResolution()));
        Assert.True(IsAccepted(context, context.Open.AsNoTracking()));
    }

    private static bool IsAccepted<T>(DbContext context, IQueryable<T> query)
        where T : class => Record.Exception(() => new KeyPages<T>(context, query)) is null;

    private sealed class HiddenContext(DbContextOptions<HiddenContext> options) : DbContext(options)
    {
        public DbSet<Hidden> Hidden => Set<Hidden>();

        public DbSet<Open> Open => Set<Open>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Hidden>(hidden =>
        {
            hidden.Property<int>("Number");
            hidden.HasKey("Number");
        });
    }

    private sealed class Hidden
    {
        public string? Title { get; set; }
    }

    private sealed class Open
    {
        public int Id { get; set; }
    }
}
