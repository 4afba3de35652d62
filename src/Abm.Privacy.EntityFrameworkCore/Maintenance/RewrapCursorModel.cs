using Abm.Privacy.EntityFrameworkCore.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>The table of rewrap cursors in an application's model.</summary>
internal static class RewrapCursorModel
{
    public const string Table = "abm_rewrap_cursors";

    public static void Configure(ModelBuilder model, string? schema) => model.Entity<RewrapCursorRow>(row =>
    {
        row.ToTable(Table, schema);
        row.Property(cursor => cursor.Tenant).IsId(model, "tenant");
        row.Property(cursor => cursor.Job).IsId(model, "job");
        row.Property(cursor => cursor.Work).HasColumnName("work");
        row.Property(cursor => cursor.Position).HasColumnName("position");
        row.Property(cursor => cursor.Records).HasColumnName("records");
        row.Property(cursor => cursor.Fields).HasColumnName("fields");
        row.Property(cursor => cursor.Stale).HasColumnName("stale");
        row.Property(cursor => cursor.Rewrapped).HasColumnName("rewrapped");
        row.Property(cursor => cursor.Conflicts).HasColumnName("conflicts");
        row.Property(cursor => cursor.Erased).HasColumnName("erased");
        row.Property(cursor => cursor.Failed).HasColumnName("failed");
        row.Property(cursor => cursor.IsComplete).HasColumnName("is_complete");
        row.Property(cursor => cursor.UpdatedAt).HasColumnName("updated_at");
        row.HasKey(cursor => new { cursor.Tenant, cursor.Job });
    });
}
