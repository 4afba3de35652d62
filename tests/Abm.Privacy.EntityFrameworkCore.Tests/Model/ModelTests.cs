using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Encryption;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Model;

/// <summary>What a model must say, and what is refused when it is built. No database is needed.</summary>
public class ModelTests
{
    [Fact]
    public void A_model_prints_its_baseline_and_matches_it()
    {
        using var context = Build<CrmContext>(options => new CrmContext((DbContextOptions<CrmContext>)options));
        var json = PrivacyModel.Of(context).ToJson();

        Assert.Contains("\"Plan.Tier\": \"tier\"", json, StringComparison.Ordinal);
        Assert.Contains("\"Home.Street\": \"home.street\"", json, StringComparison.Ordinal);
        using var same = Build<CrmContext>(options => new CrmContext((DbContextOptions<CrmContext>)options), json);
        Assert.Equal(json, PrivacyModel.Of(same).ToJson());
    }

    [Fact]
    public void A_baseline_gives_the_names()
    {
        using var context = Small<Bare>(Named, Baseline("Mail", "email"));
        Assert.Contains("\"Mail\": \"email\"", PrivacyModel.Of(context).ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rename_is_refused_until_the_baseline_says_it()
    {
        var error = Refuse<Bare>(Named, Baseline("OldMail", "email"));
        Assert.Contains("Bare.OldMail (crm/bare/email), which the model has not any more", error, StringComparison.Ordinal);
        Assert.Contains("Bare.Mail is protected and has no frozen name", error, StringComparison.Ordinal);
        Assert.Contains("rename its line in the baseline", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_differs_from_the_baseline_or_is_not_in_it_is_refused()
    {
        Assert.Contains("is named crm/bare/e-mail, and crm/bare/email in the baseline", Refuse<Bare>(Full("e-mail"), Baseline("Mail", "email")), StringComparison.Ordinal);
        Assert.Contains("not in the baseline", Refuse<Bare>(Full("e-mail"), """{"format":1,"entities":{}}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"format":2,"entities":{}}""")]
    [InlineData("""{"format":1,"entities":{"a":{"scope":"s"}}}""")]
    [InlineData("no json")]
    public void What_is_no_baseline_is_refused_at_once(string json)
    {
        Assert.Throws<ArgumentException>(() => Small<Bare>(Named, json));
    }

    [Fact]
    public void Missing_names_tenants_and_subjects_are_told_all_at_once()
    {
        var error = Refuse<Bare>(_ => { });
        Assert.Contains("[ProtectedEntity(\"bare\"", error, StringComparison.Ordinal);
        Assert.Contains("names no tenant", error, StringComparison.Ordinal);
        Assert.Contains("names no subject", error, StringComparison.Ordinal);
        Assert.Contains("[ProtectedField(\"mail\")]", Refuse<Bare>(model => model.Entity<Bare>().HasPrivacyName("crm", "bare")), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_properties_or_entities_of_one_name_are_refused()
    {
        Assert.Contains("are both named crm/bare/same", Refuse<Bare>(model =>
        {
            Full("same")(model);
            model.Entity<Bare>().Property<Protected<string>>("Shadow").HasPrivacyName("same");
        }), StringComparison.Ordinal);
        Assert.Contains("are both named crm/bare", Refuse<Bare>(model =>
        {
            Full("mail")(model);
            model.Entity<Numbered>().HasPrivacyName("crm", "bare").HasSubject(n => n.Owner).Property(n => n.Mail).HasPrivacyName("other");
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void Padding_is_what_the_fluent_model_says_else_the_nearest_attribute()
    {
        using var context = Small<Padded>(_ => { });
        Assert.Equal([16, 64, 0, 8], Buckets(context));
        using var fluent = Small<Padded>(model =>
        {
            var padded = model.Entity<Padded>();
            padded.Property(p => p.Mail).HasPadding(Padding.None);
            padded.Property(p => p.Bare).HasPadding(Padding.ToMultipleOf(32));
            padded.ComplexProperty(p => p.Home, home => home.Property(h => h.Near).HasPadding(Padding.ToMultipleOf(4)));
        });
        Assert.Equal([4, 0, 32, 8], Buckets(fluent));
        Assert.Contains("Padded.Shadow is padded to multiples of 1 bytes", Refuse<Padded>(model =>
            model.Entity<Padded>().Property<Protected<string>>("Shadow").HasPrivacyName("shadow").Metadata.SetAnnotation("AbmPrivacy:Padding", 1)), StringComparison.Ordinal);

        static int[] Buckets(DbContext context)
        {
            var fields = PrivacyModel.Of(context).Find(context.Model.FindEntityType(typeof(Padded))!)!.Fields.ToDictionary(field => field.Path, field => field.Padding.Bucket);
            return [fields["Home.Near"], fields["Mail"], fields["Bare"], fields["Home.Far"]];
        }
    }

    [Fact]
    public void A_protected_key_is_refused()
    {
        Assert.Contains("part of a key", Refuse<Bare>(model =>
        {
            Full("mail")(model);
            model.Entity<Bare>().HasAlternateKey(b => b.Mail);
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_complex_collection_is_refused()
    {
        Assert.Contains("complex collection", Refuse<WithSpots>(model =>
        {
            model.HasSingleTenant();
            model.Entity<WithSpots>().HasPrivacyName("crm", "spots").HasSubject(s => s.Id).ComplexCollection(s => s.Spots, spots => spots.ToJson());
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void Default_SQL_on_what_is_bound_is_refused_and_on_the_key_it_is_replaced()
    {
        Assert.Contains("Take its default value or SQL away", Refuse<Numbered>(model =>
        {
            NumberedModel(model);
            model.Entity<Numbered>().HasRecord(n => n.Row).Property(n => n.Row).HasDefaultValueSql("random()");
        }), StringComparison.Ordinal);

        using var context = Small<Bare>(model =>
        {
            Full("mail")(model);
            model.Entity<Bare>().HasSubject(b => b.Person).Property(b => b.Id).HasDefaultValueSql("random()");
        });
        Assert.NotNull(context.Model.FindEntityType(typeof(Bare))!.FindProperty("abm_row"));
    }

    [Fact]
    public void A_subject_that_the_database_makes_is_refused()
    {
        Assert.Contains("is made by the database", Refuse<Numbered>(model =>
        {
            NumberedModel(model);
            model.Entity<Numbered>().HasSubject(n => n.Id);
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_Guid_of_a_row_is_unique_within_its_tenant()
    {
        using var context = Small<Numbered>(model =>
        {
            NumberedModel(model);
            model.Entity<Numbered>().HasTenant(n => n.Tenant);
        });
        var index = context.Model.FindEntityType(typeof(Numbered))!.GetIndexes().Single(index => index.IsUnique);
        Assert.Equal(["Tenant", "abm_row"], index.Properties.Select(property => property.Name));
    }

    [Fact]
    public void A_type_without_a_key_needs_no_names()
    {
        using var context = Small<Bare>(model => model.Entity<Bare>().HasNoKey());
        Assert.Null(context.Model.FindEntityType(typeof(Bare))!.FindProperty("abm_row"));
    }

    [Fact]
    public void Calling_UseAbmPrivacy_twice_adds_nothing_twice_and_keeps_the_baseline()
    {
        var options = Options<SmallContext<Bare>>(Baseline("OldMail", "email"));
        options.UseAbmPrivacy(TestKeys.Ring(), new FieldEncryptor(TestKeys.Ring()));
        using var context = new SmallContext<Bare>(options.Options, Named);
        Assert.Throws<InvalidOperationException>(() => context.Model);
        using var twice = new SmallContext<Bare>(Options<SmallContext<Bare>>(null).UseAbmPrivacy(TestKeys.Ring(), new FieldEncryptor(TestKeys.Ring())).Options, Full("mail"));
        Assert.Single(twice.GetService<IEnumerable<Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor>>().OfType<Microsoft.EntityFrameworkCore.Diagnostics.ISaveChangesInterceptor>());
    }

    [Fact]
    public void Protected_values_are_bytes_in_the_database()
    {
        using var context = Build<CrmContext>(options => new CrmContext((DbContextOptions<CrmContext>)options));
        var email = context.Model.FindEntityType(typeof(Contact))!.FindProperty(nameof(Contact.Email))!;
        Assert.Equal("BLOB", email.GetColumnType());
        Assert.True(email.IsNullable);
    }

    private static string Baseline(string path, string field) =>
        $$"""{"format":1,"entities":{"{{typeof(Bare).FullName}}":{"scope":"crm","name":"bare","fields":{"{{path}}":"{{field}}"} } } }""";

    private static void Named(ModelBuilder model)
    {
        model.HasSingleTenant();
        model.Entity<Bare>().HasSubject(b => b.Id);
    }

    private static Action<ModelBuilder> Full(string field) => model =>
    {
        Named(model);
        model.Entity<Bare>().HasPrivacyName("crm", "bare").Property(b => b.Mail).HasPrivacyName(field);
    };

    private static void NumberedModel(ModelBuilder model)
    {
        model.HasSingleTenant();
        model.Entity<Numbered>().HasPrivacyName("crm", "numbered").HasSubject(n => n.Owner).Property(n => n.Mail).HasPrivacyName("mail");
    }

    private static string Refuse<T>(Action<ModelBuilder> configure, string? baseline = null)
        where T : class
    {
        using var context = Small<T>(configure, baseline);
        return Assert.Throws<InvalidOperationException>(() => context.Model).Message;
    }

    private static SmallContext<T> Small<T>(Action<ModelBuilder> configure, string? baseline = null)
        where T : class => new(Options<SmallContext<T>>(baseline).Options, configure);

    private static DbContext Build<T>(Func<DbContextOptions, DbContext> create, string? baseline = null)
        where T : DbContext => create(Options<T>(baseline).Options);

    private static DbContextOptionsBuilder Options<T>(string? baseline)
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>().UseSqlite("Data Source=:memory:").ReplaceService<IModelCacheKeyFactory, NoModelCache>();
        var ring = TestKeys.Ring();
        return options.UseAbmPrivacy(ring, new FieldEncryptor(ring), privacy =>
        {
            if (baseline is not null)
            {
                privacy.UseBaseline(baseline);
            }
        });
    }

    private sealed class NoModelCache : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => context;
    }

    private sealed class SmallContext<T>(DbContextOptions options, Action<ModelBuilder> configure) : DbContext(options)
        where T : class
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<T>();
            configure(modelBuilder);
        }
    }

    private sealed class Bare
    {
        public Guid Id { get; set; }

        public Guid Person { get; set; }

        public Protected<string>? Mail { get; set; }
    }

    private sealed class Numbered
    {
        public int Id { get; set; }

        public Guid Row { get; set; }

        public string Tenant { get; set; } = "";

        public string Owner { get; set; } = "";

        public Protected<string>? Mail { get; set; }
    }

    [ProtectedEntity("padded", Scope = "crm")]
    private sealed class Padded
    {
        [PrivacySubject]
        public Guid Id { get; set; }

        [PrivacyTenant]
        public string Tenant { get; set; } = "";

        [ProtectedField("mail", PadToMultipleOf = 64)]
        public Protected<string>? Mail { get; set; }

        [ProtectedField("bare")]
        public Protected<string>? Bare { get; set; }

        [ProtectedField("home", PadToMultipleOf = 16)]
        public PaddedHome Home { get; set; } = new();
    }

    [System.ComponentModel.DataAnnotations.Schema.ComplexType]
    private sealed class PaddedHome
    {
        [ProtectedField("near")]
        public Protected<string>? Near { get; set; }

        [ProtectedField("far", PadToMultipleOf = 8)]
        public Protected<string>? Far { get; set; }
    }

    private sealed class WithSpots
    {
        public Guid Id { get; set; }

        public List<Geo> Spots { get; set; } = [];
    }
}
