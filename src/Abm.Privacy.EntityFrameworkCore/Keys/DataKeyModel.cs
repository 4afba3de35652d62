using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>The tables of data keys in an application's model.</summary>
internal static class DataKeyModel
{
    public const string KeysTable = "abm_data_keys";
    public const string GatesTable = "abm_data_key_gates";

    private const int MaxIdLength = 128; // bytes of UTF-8, and so characters too

    public static void Configure(ModelBuilder model, string? schema)
    {
        model.Entity<DataKeyRow>(row =>
        {
            row.ToTable(KeysTable, schema);
            row.Property(key => key.Tenant).IsId(model, "tenant");
            row.Property(key => key.Subject).IsId(model, "subject");
            row.Property(key => key.Usage).HasColumnName("usage").ValueGeneratedNever();
            row.Property(key => key.Version).HasColumnName("version").ValueGeneratedNever();
            row.Property(key => key.KeyId).HasColumnName("key_id");
            row.Property(key => key.State).HasColumnName("state");
            row.Property(key => key.CreatedAt).HasColumnName("created_at");
            row.Property(key => key.Wrapped).HasColumnName("wrapped");
            row.Property(key => key.WrappedBy).HasColumnName("wrapped_by");
            row.Property(key => key.MessagesReserved).HasColumnName("messages_reserved");
            row.HasKey(key => new { key.Tenant, key.Subject, key.Usage, key.Version });

            // tombstones stay out
            row.HasIndex(key => new { key.Tenant, key.WrappedBy }).HasFilter("wrapped_by IS NOT NULL");
        });
        model.Entity<DataKeyGateRow>(row =>
        {
            row.ToTable(GatesTable, schema);
            row.Property(gate => gate.Tenant).IsId(model, "tenant");
            row.Property(gate => gate.TenantKey).HasColumnName("tenant_key");
            row.Property(gate => gate.Fenced).HasColumnName("fenced");
            row.HasKey(gate => new { gate.Tenant, gate.TenantKey });
        });
    }

    /// <summary>
    /// A tenant or subject, compared and ordered byte by byte whatever the application's conventions say: a collation that
    /// takes two ids for one would give two persons one key.
    /// </summary>
    public static void IsId(this PropertyBuilder<string> property, ModelBuilder model, string column)
    {
        // the provider is not known here, but Npgsql's conventions have left their mark already
        var isPostgres = model.Model.FindAnnotation("Npgsql:ValueGenerationStrategy") is not null;
        property.HasColumnName(column).HasMaxLength(MaxIdLength).ValueGeneratedNever().UseCollation(isPostgres ? "C" : "BINARY");
    }
}
