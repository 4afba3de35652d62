using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Maintenance;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds the library's tables to an application's model.</summary>
public static class PrivacyModelBuilderExtensions
{
    /// <summary>
    /// Adds the tables of data keys and of their gates, so that keys are stored in the same transaction as the data that
    /// they protect, and the table that says how far named rewraps have come. Call it in <c>OnModelCreating</c>; migrations and <c>EnsureCreated</c> then make the tables.
    /// </summary>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="schema">The schema of the tables. The default is null: the model's default schema. SQLite has none.</param>
    /// <returns>The same model.</returns>
    /// <remarks>
    /// Every key starts with the tenant, so the tables can be partitioned or distributed by it. Tenant keys do not belong
    /// here: see <see cref="TenantKeyContext"/>.
    /// </remarks>
    public static ModelBuilder UseAbmPrivacy(this ModelBuilder modelBuilder, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        DataKeyModel.Configure(modelBuilder, schema);
        RewrapCursorModel.Configure(modelBuilder, schema);
        return modelBuilder;
    }
}
