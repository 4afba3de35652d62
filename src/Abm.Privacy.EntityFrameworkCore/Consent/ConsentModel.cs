using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>The tables of the consent ledger in an application's model. Every key starts with the tenant and what the rows are distributed by.</summary>
internal static class ConsentModel
{
    public const string ContactPoints = "abm_contact_points";
    public const string ContactIndex = "abm_contact_index";
    public const string Events = "abm_ledger_events";
    public const string Accounts = "abm_accounts";
    public const string AccountEvents = "abm_account_events";
    public const string Facts = "abm_consent_facts";
    public const string Campaigns = "abm_consent_campaigns";
    public const string Suppressions = "abm_suppressions";
    public const string Sends = "abm_sends";

    public static void Configure(ModelBuilder model, string? schema)
    {
        model.Entity<ContactPointRow>(row =>
        {
            row.ToTable(ContactPoints, schema);
            row.Property(point => point.Tenant).IsId(model, "tenant");
            row.Property(point => point.Subject).IsId(model, "subject");
            row.Property(point => point.Account).IsOptionalId(model, "account");
            row.HasKey(point => new { point.Tenant, point.ContactPoint });
            row.HasIndex(point => new { point.Tenant, point.Account, point.ContactPoint });
            row.HasIndex(point => new { point.Tenant, point.DomainHash }).HasFilter("domain_hash IS NOT NULL");
            row.HasIndex(point => new { point.Tenant, point.SuppressionVersion });

            // not unique: the lock of an identifier keeps a person from being registered there twice, and two contact points that have come about under two versions of the
            // key must both be carried over to the current one, where every demand finds them
            row.HasIndex(point => new { point.Tenant, point.IdentifierHash, point.Subject, point.Channel }).HasFilter("identifier_hash IS NOT NULL");
            row.HasIndex(point => new { point.Tenant, point.Subject });
            row.NameColumns();
        });
        model.Entity<ContactIndexRow>(row =>
        {
            row.ToTable(ContactIndex, schema);
            row.Property(index => index.Tenant).IsId(model, "tenant");
            row.HasKey(index => new { index.Tenant, index.ContactPoint, index.KeyVersion });
            row.HasIndex(index => new { index.Tenant, index.Value });
            row.NameColumns();
        });
        model.Entity<LedgerEventRow>(row =>
        {
            row.ToTable(Events, schema);
            row.Property(item => item.Tenant).IsId(model, "tenant");
            row.Property(item => item.Origin).IsId(model, "origin");
            row.Property(item => item.IdempotencyKey).IsId(model, "idempotency_key");
            row.HasKey(item => new { item.Tenant, item.ContactPoint, item.EventId });
            row.HasIndex(item => new { item.Tenant, item.ContactPoint, item.Origin, item.IdempotencyKey }).IsUnique();
            row.NameColumns();
        });
        model.Entity<AccountRow>(row =>
        {
            row.ToTable(Accounts, schema);
            row.Property(account => account.Tenant).IsId(model, "tenant");
            row.Property(account => account.Account).IsId(model, "account");
            row.Property(account => account.Parent).IsOptionalId(model, "parent");
            row.HasKey(account => new { account.Tenant, account.Account });
            row.HasIndex(account => new { account.Tenant, account.Parent });
            row.NameColumns();
        });
        model.Entity<AccountEventRow>(row =>
        {
            row.ToTable(AccountEvents, schema);
            row.Property(item => item.Tenant).IsId(model, "tenant");
            row.Property(item => item.Account).IsId(model, "account");
            row.Property(item => item.Origin).IsId(model, "origin");
            row.Property(item => item.IdempotencyKey).IsId(model, "idempotency_key");
            row.HasKey(item => new { item.Tenant, item.Account, item.EventId });
            row.HasIndex(item => new { item.Tenant, item.Account, item.Origin, item.IdempotencyKey }).IsUnique();
            row.NameColumns();
        });
        model.Entity<ConsentFactsRow>(row =>
        {
            row.ToTable(Facts, schema, table => FactColumns.AddConstraints((name, condition) => table.HasCheckConstraint(name, condition)));
            row.Property(facts => facts.Tenant).IsId(model, "tenant");
            row.Property(facts => facts.Purpose).IsId(model, "purpose");
            row.Property(facts => facts.Account).IsOptionalId(model, "account");
            row.HasKey(facts => new { facts.Tenant, facts.ContactPoint, facts.Purpose });
            row.HasIndex(facts => new { facts.Tenant, facts.StaleAfter }).HasFilter("stale_after IS NOT NULL");
            row.NameColumns();
        });
        model.Entity<CampaignRow>(row =>
        {
            row.ToTable(Campaigns, schema);
            row.Property(facts => facts.Tenant).IsId(model, "tenant");
            row.Property(facts => facts.Purpose).IsId(model, "purpose");
            row.Property(facts => facts.Campaign).IsId(model, "campaign");
            row.HasKey(facts => new { facts.Tenant, facts.ContactPoint, facts.Purpose, facts.Campaign });
            row.HasIndex(facts => new { facts.Tenant, facts.Campaign, facts.Purpose });
            row.NameColumns();
        });
        model.Entity<SuppressionRow>(row =>
        {
            row.ToTable(Suppressions, schema);
            row.Property(entry => entry.Tenant).IsId(model, "tenant");
            row.Property(entry => entry.Scope).IsId(model, "scope");
            row.Property(entry => entry.Scope).HasMaxLength(SuppressionScope.MaxLength);
            row.HasKey(entry => new { entry.Tenant, entry.Hash, entry.Kind, entry.Scope });
            row.HasIndex(entry => new { entry.Tenant, entry.KeyVersion });
            row.NameColumns();
        });
        model.Entity<SendRow>(row =>
        {
            row.ToTable(Sends, schema);
            row.Property(send => send.Tenant).IsId(model, "tenant");
            row.Property(send => send.Purpose).IsId(model, "purpose");
            row.Property(send => send.Account).IsOptionalId(model, "account");
            row.Property(send => send.Campaign).IsOptionalId(model, "campaign");
            row.HasKey(send => new { send.Tenant, send.ContactPoint, send.SendId });
            row.HasIndex(send => new { send.Tenant, send.ContactPoint, send.SentAt });
            row.HasIndex(send => new { send.Tenant, send.Account, send.SentAt });
            row.NameColumns();
        });
    }

    private static void IsOptionalId(this PropertyBuilder<string?> property, ModelBuilder model, string column) => property.IsRequired(false)!.IsId(model, column);

    /// <summary>Statements name the columns, so conventions of the application must not.</summary>
    private static void NameColumns<TRow>(this EntityTypeBuilder<TRow> row)
        where TRow : class
    {
        foreach (var property in row.Metadata.GetProperties().ToList())
        {
            row.Property(property.ClrType, property.Name).HasColumnName(LedgerTables.ColumnOf(property.Name)).ValueGeneratedNever();
        }
    }
}
