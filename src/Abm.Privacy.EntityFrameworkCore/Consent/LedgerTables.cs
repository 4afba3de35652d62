using System.Runtime.CompilerServices;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>How a context's model names the tables of the ledger, quoted and with their schema.</summary>
internal sealed class LedgerTables
{
    private static readonly ConditionalWeakTable<IModel, LedgerTables> Known = [];

    private LedgerTables(DbContext context)
    {
        IsPostgres = context.Database.ProviderName switch
        {
            KeyTables.PostgresProvider => true,
            KeyTables.SqliteProvider => false,
            var provider => throw new NotSupportedException($"The database provider {provider} is not supported. Use PostgreSQL (Npgsql) or SQLite."),
        };
        if (context.Model.FindEntityType(typeof(ContactPointRow).FullName!) is null)
        {
            throw new InvalidOperationException($"{context.GetType().Name} lacks the tables of the consent ledger. Call modelBuilder.UseAbmConsent() in its OnModelCreating.");
        }

        ContactPoints = KeyTables.NameOf<ContactPointRow>(context);
        ContactIndex = KeyTables.NameOf<ContactIndexRow>(context);
        Events = KeyTables.NameOf<LedgerEventRow>(context);
        Accounts = KeyTables.NameOf<AccountRow>(context);
        AccountEvents = KeyTables.NameOf<AccountEventRow>(context);
        Facts = KeyTables.NameOf<ConsentFactsRow>(context);
        Campaigns = KeyTables.NameOf<CampaignRow>(context);
        Suppressions = KeyTables.NameOf<SuppressionRow>(context);
        Sends = KeyTables.NameOf<SendRow>(context);
    }

    public bool IsPostgres { get; }

    public string ContactPoints { get; }

    public string ContactIndex { get; }

    public string Events { get; }

    public string Accounts { get; }

    public string AccountEvents { get; }

    public string Facts { get; }

    public string Campaigns { get; }

    public string Suppressions { get; }

    public string Sends { get; }

    public static LedgerTables Of(DbContext context) => Known.TryGetValue(context.Model, out var known)
        ? known
        : Known.GetValue(context.Model, _ => new LedgerTables(context));

    /// <summary>The column of a row's property: <c>ContactPoint</c> is <c>contact_point</c>.</summary>
    public static string ColumnOf(string property) =>
        string.Concat(property.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
