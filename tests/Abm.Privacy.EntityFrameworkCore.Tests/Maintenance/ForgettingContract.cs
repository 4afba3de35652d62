using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.Erasure;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Maintenance;

/// <summary>A person who is forgotten stays forgotten, whatever is left of files, logs and dumps.</summary>
public abstract class ForgettingContract
{
    protected static readonly SubjectId Jane = new("subject-jane");

    protected abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task Index_values_are_planned_erased_and_certified_and_other_people_and_tenants_keep_theirs()
    {
        await using var search = await SearchDatabase.CreateAsync(await NewDatabaseAsync());
        await search.AddAsync("jane@example.com", city: "Paris");
        await search.AddAsync("omar@example.com", "subject-omar");
        await search.AddAsync("jane@example.com", tenant: "globex");
        await using var services = Services(search);
        var erasure = services.GetRequiredService<SubjectErasure>();

        var plan = await erasure.PlanShredAsync(SearchDatabase.Acme, Jane, "request 4711");
        Assert.Equal(
            [("People.Email_email_domain", 1L), ("People.Email_email_eq", 1L), ("People.Home_City_city_eq", 1L)],
            plan.Artefacts.Select(artefact => (artefact.Artefact.Location, artefact.Artefact.Count)));
        Assert.All(plan.Artefacts, artefact => Assert.Equal((nameof(SearchContext), DerivedArtefactKind.BlindIndex), (artefact.Source, artefact.Artefact.Kind)));
        var before = await search.TokensAsync();
        var certificate = await erasure.ShredAsync(plan);

        Assert.True(certificate.IsCertified);
        await using var context = search.NewContext();
        var people = await context.People.ToListAsync();
        var after = await search.TokensAsync();
        Assert.All(people, person => Assert.Equal(person is { TenantId: "acme", SubjectId: "subject-jane" } ? null : before[person.Id], after[person.Id]));
        Assert.Equal(0, await context.People.CountAsync(p => p.TenantId == "acme" && p.SubjectId == "subject-jane" && EF.Property<byte[]?>(p, "Home_City_city_eq") != null));
        var batch = await context.RevealAsync(people, p => p.Email, "test");
        Assert.Equal(1, batch.Count(result => !result.Succeeded));
        Assert.Equal(PrivacyErrorCode.SubjectErased, batch.Single(result => !result.Succeeded).Failures[0].Error.Code);
        Assert.Empty((await erasure.PlanShredAsync(SearchDatabase.Acme, Jane, "again")).Artefacts);
    }

    [Fact]
    public async Task What_stood_in_files_logs_and_dumps_opens_with_no_key_that_there_is_after_the_epoch()
    {
        await using var search = await SearchDatabase.CreateAsync(await NewDatabaseAsync());
        var jane = await search.AddAsync("jane@example.com");
        var omar = await search.AddAsync("omar@example.com", "subject-omar");
        var dump = (await search.NewKeyStore().FindAsync(SearchDatabase.Acme, [DataKeyOwner.ForSubject(Jane)], default)).Single();
        var token = (await search.TokensAsync())[jane.Id]!;
        var envelope = jane.Email!.Envelope.ToArray();
        await BeforeShredAsync(search.Database, dump.Wrapped.ToArray(), token);
        await using var services = Services(search);
        var erasure = services.GetRequiredService<SubjectErasure>();

        var certificate = await erasure.ShredAsync(await erasure.PlanShredAsync(SearchDatabase.Acme, Jane, "request 4711"));
        var epoch = await erasure.CloseShredEpochAsync(SearchDatabase.Acme);
        Assert.True((await erasure.ConfirmAsync(certificate.SignedReceipt!.Value, epoch)).IsCertified);

        await AfterEpochAsync(search.Database, dump.Wrapped.ToArray(), token);
        var current = await search.TenantStore.FindAsync(SearchDatabase.Acme, default);
        Assert.All(current.Where(key => key.KeyId == dump.WrappedBy), key => Assert.Equal((KeyState.Destroyed, true), (key.State, key.Wrapped.IsEmpty)));
        var living = current.Where(key => key.State != KeyState.Destroyed).ToList();
        Assert.NotEmpty(living);
        foreach (var wrapper in living.Select(key => key.KeyId).Append(dump.WrappedBy!.Value))
        {
            // the key of the dump as it was, and as if each living key had wrapped it
            var forged = dump.Wrapped.ToArray();
            wrapper.CopyTo(forged.AsSpan(3));
            var error = await Assert.ThrowsAsync<PrivacyException>(() => OpenAsync(search, dump with { Wrapped = forged }, jane, envelope));
            Assert.NotEqual(PrivacyErrorCode.SubjectErased, error.Code); // nothing says so here: it cannot be opened
        }

        await using var context = search.NewContext(search.NewRing());
        var stays = await context.RevealAsync(context.People.Where(p => p.Id == omar.Id), p => p.Email, "test");
        Assert.Equal("omar@example.com", stays.GetEntities().Single().Email!.GetValue());
    }

    [Fact]
    public async Task A_dump_of_before_the_shredding_opens_nothing_with_todays_keys_once_it_is_restored()
    {
        await using var search = await SearchDatabase.CreateAsync(await NewDatabaseAsync());
        var jane = await search.AddAsync("jane@example.com", city: "Paris");
        var restore = await search.Database.DumpAsync();
        await using var services = Services(search);
        var erasure = services.GetRequiredService<SubjectErasure>();
        await erasure.ShredAsync(await erasure.PlanShredAsync(SearchDatabase.Acme, Jane, "request 4711"));

        // until the epoch is closed the tenant key that wraps the dumped key lives: this is what closing is for
        await using var old = search.Over(await restore());
        Assert.Equal("jane@example.com", Assert.Single(await old.FindAsync("jane@example.com")).Email!.GetValue());

        await erasure.CloseShredEpochAsync(SearchDatabase.Acme);
        await using var context = old.NewContext(old.NewRing());
        var error = await Assert.ThrowsAsync<PrivacyException>(() => context.RevealAsync(context.People.Where(p => p.Id == jane.Id), p => p, "test"));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
    }

    /// <summary>Looks whether the search for the bytes would find them at all.</summary>
    protected abstract Task BeforeShredAsync(TestDatabase database, byte[] wrapped, byte[] token);

    protected abstract Task AfterEpochAsync(TestDatabase database, byte[] wrapped, byte[] token);

    private static async Task OpenAsync(SearchDatabase search, StoredDataKey dumped, Person jane, byte[] envelope)
    {
        var store = new InMemoryDataKeyStore();
        await store.AddAsync(SearchDatabase.Acme, [dumped], default);
        using var ring = TestKeys.Ring(store, search.TenantStore, search.Root);
        using var lease = await ring.OpenReadOnlyAsync(SearchDatabase.Acme, [Jane]);
        new FieldEncryptor(ring).Reveal(
            lease, new FieldContext(SearchDatabase.Acme, "crm", "person", "email", jane.Id.ToString("D")), Protected<string>.FromEnvelope(envelope));
    }

    private static ServiceProvider Services(SearchDatabase search) => new ServiceCollection()
        .AddDbContextFactory<SearchContext>((provider, options) =>
        {
            search.Database.Configure(options);
            options.UseAbmPrivacy(provider);
        })
        .AddAbmPrivacy(privacy => privacy
            .AddEncryption(keys => keys.UseRootKeyProvider(_ => search.Root).UseTenantKeyStore(_ => search.TenantStore).UseDatabase<SearchContext>())
            .AddEntityArtefacts<SearchContext>().AddEntityArtefacts<SearchContext>()
            .AddErasure(erasure =>
            {
                (erasure.EncryptedSinceFirstWrite, erasure.NoKeyBackups) = ("DPO: from the first row on", true);
                erasure.SigningCertificate.Use(Sign);
            }))
        .BuildServiceProvider();

    private static X509Certificate2 Sign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=signer", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
    }
}

public class SqliteForgettingTests : ForgettingContract
{
    protected override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());

    protected override Task BeforeShredAsync(TestDatabase database, byte[] wrapped, byte[] token)
    {
        Assert.True(((SqliteFixture)database).FilesHold(wrapped));
        Assert.True(((SqliteFixture)database).FilesHold(token));
        return Task.CompletedTask;
    }

    protected override Task AfterEpochAsync(TestDatabase database, byte[] wrapped, byte[] token)
    {
        Assert.False(((SqliteFixture)database).FilesHold(wrapped));
        Assert.False(((SqliteFixture)database).FilesHold(token));
        return Task.CompletedTask;
    }
}

public class PostgresForgettingTests(PostgresFixture server) : ForgettingContract
{
    protected override async Task<TestDatabase> NewDatabaseAsync() => await server.CreateDatabaseAsync();

    protected override async Task BeforeShredAsync(TestDatabase database, byte[] wrapped, byte[] token)
    {
        await database.ScalarAsync("CHECKPOINT");
        Assert.True(FilesHold(database, wrapped, "base"));
        Assert.True(FilesHold(database, wrapped, "pg_wal"));
    }

    protected override async Task AfterEpochAsync(TestDatabase database, byte[] wrapped, byte[] token)
    {
        await database.ScalarAsync("CHECKPOINT");

        // the log keeps what was written: this is what a thief would have, and the contract shows that it opens nothing
        Assert.True(FilesHold(database, wrapped, "pg_wal"));
    }

    private static bool FilesHold(TestDatabase database, byte[] bytes, string folder)
    {
        var root = Directory.EnumerateDirectories(((PostgresDatabase)database).ServerFolder, folder, SearchOption.AllDirectories).First();
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            if (copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
