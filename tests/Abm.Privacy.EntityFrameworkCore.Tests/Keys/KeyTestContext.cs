using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Tests.Keys;

/// <summary>An application's context: a table of its own and the tables of keys.</summary>
public sealed class KeyTestContext(DbContextOptions<KeyTestContext> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseAbmPrivacy();

    public sealed class Note
    {
        public Guid Id { get; set; }

        public string Text { get; set; } = "";
    }
}
