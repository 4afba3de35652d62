using Abm.Privacy.EntityFrameworkCore.Consent;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds the tables of the consent ledger to an application's model.</summary>
public static class ConsentModelBuilderExtensions
{
    /// <summary>
    /// Adds the tables of contact points, their index, the events, accounts, rows of facts and of campaigns, the suppression list and sent messages. Call it in
    /// <c>OnModelCreating</c>; migrations and <c>EnsureCreated</c> then make the tables.
    /// </summary>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="schema">The schema of the tables. The default is null: the model's default schema. SQLite has none.</param>
    /// <returns>The same model.</returns>
    public static ModelBuilder UseAbmConsent(this ModelBuilder modelBuilder, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        ConsentModel.Configure(modelBuilder, schema);
        return modelBuilder;
    }
}
