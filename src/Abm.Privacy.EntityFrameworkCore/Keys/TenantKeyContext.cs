using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// The database of tenant keys: one of its own, with an owner and backups of its own, apart from the data that the keys
/// protect. Its backups need an expiry, because a destroyed tenant key survives in them.
/// </summary>
/// <remarks>
/// Registered by <c>UseTenantKeyDatabase</c>; use it to make or migrate the table (<c>context.Database.EnsureCreatedAsync()</c>).
/// On SQLite a destroyed key is gone from file and write-ahead log when the call returns. On PostgreSQL the
/// table's file is written anew without it, but it stays in the server's write-ahead log and its archive until they are recycled; it is still wrapped
/// under the root key there.
/// </remarks>
public sealed class TenantKeyContext : DbContext
{
    internal const string Table = "abm_tenant_keys";

    /// <summary>Creates a context.</summary>
    /// <param name="options">Options that name the database, PostgreSQL or SQLite.</param>
    public TenantKeyContext(DbContextOptions<TenantKeyContext> options)
        : base(options)
    {
    }

    internal DbSet<TenantKeyRow> Keys => Set<TenantKeyRow>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<TenantKeyRow>(row =>
        {
            row.ToTable(Table);
            row.Property(key => key.Tenant).IsId(modelBuilder, "tenant");
            row.Property(key => key.Version).HasColumnName("version").ValueGeneratedNever();
            row.Property(key => key.KeyId).HasColumnName("key_id");
            row.Property(key => key.State).HasColumnName("state");
            row.Property(key => key.CreatedAt).HasColumnName("created_at");
            row.Property(key => key.Wrapped).HasColumnName("wrapped");
            row.Property(key => key.MessagesReserved).HasColumnName("messages_reserved");
            row.HasKey(key => new { key.Tenant, key.Version });
        });
    }
}
