using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Maintenance;

/// <summary>Values whose stored length says little, on every provider.</summary>
public abstract class PaddingContract
{
    private static readonly SubjectId Jane = new("jane");

    protected abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task Values_are_as_long_as_their_bucket_and_read_as_they_were()
    {
        await using var database = await NewDatabaseAsync();
        using var ring = Ring(database);
        await AddAsync<PaddedContext>(database, ring, "yes", "no", new string('x', 64), "");

        Assert.Equal([64, 64, 128, 64], await LengthsAsync(database));
        Assert.Equal(["yes", "no", new string('x', 64), ""], await ReadAsync(database, ring));
    }

    [Fact]
    public async Task A_rewrap_keeps_padding_that_the_model_says_or_has_said()
    {
        await using var database = await NewDatabaseAsync();
        using var ring = Ring(database);
        await AddAsync<PaddedContext>(database, ring, "yes", "no");
        foreach (var source in new IRewrapSource[] { Source<PaddedContext>(database, ring), Source<PlainContext>(database, ring) })
        {
            await new KeyLifecycle(ring).RotateAsync(TenantId.Default, DataKeyOwner.ForSubject(Jane));
            Assert.Equal(2, (await Rewrapper(ring).RewrapAsync(source)).Rewrapped);
            Assert.Equal([64, 64], await LengthsAsync(database));
        }

        Assert.Equal(["yes", "no"], await ReadAsync(database, ring));
    }

    [Fact]
    public async Task A_rewrap_pads_what_was_stored_before_the_model_said_so()
    {
        await using var database = await NewDatabaseAsync();
        using var ring = Ring(database);
        await AddAsync<PlainContext>(database, ring, "yes", "no");
        Assert.Equal([3, 2], await LengthsAsync(database));

        foreach (var renew in new[] { false, true })
        {
            var report = await Rewrapper(ring).RewrapAsync(Source<PaddedContext>(database, ring, renew));
            Assert.Equal(renew ? (0, 0) : (2, 2), (report.Stale, report.Rewrapped));
        }

        Assert.Equal([64, 64], await LengthsAsync(database));
        Assert.Equal(["yes", "no"], await ReadAsync(database, ring));
    }

    [Fact]
    public async Task An_import_pads()
    {
        await using var database = await NewDatabaseAsync();
        using var ring = Ring(database);
        await AddAsync<PaddedContext>(database, ring, null, null);
        await database.RowsAsync("UPDATE answers SET clear = 'yes'");
        var import = new EntityImportSource<Answer>(() => Open<PaddedContext>(database, ring), TenantId.Default, a => a.Text, a => a.Clear);

        Assert.Equal(2, (await Rewrapper(ring).ImportAsync(import, ImportReader.Plaintext())).Rewrapped);
        Assert.Equal([64, 64], await LengthsAsync(database));
        Assert.Equal(["yes", "yes"], await ReadAsync(database, ring));
    }

    private static KeyRing Ring(TestDatabase database) => TestKeys.Ring(
        new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() => new PlainContext(database.OptionsFor<PlainContext>(options => options.UseAbmPrivacy(new Nothing())))))));

    private static EntityRewrapSource<Answer> Source<TContext>(TestDatabase database, KeyRing ring, bool renewIndexes = false)
        where TContext : AnswerContext => new(() => Open<TContext>(database, ring), TenantId.Default) { RenewIndexes = renewIndexes };

    private static Rewrapper Rewrapper(KeyRing ring) => new(ring, new FieldEncryptor(ring), TimeProvider.System);

    private static AnswerContext Open<TContext>(TestDatabase database, KeyRing ring)
        where TContext : AnswerContext
    {
        var options = database.OptionsFor<TContext>(options => options.UseAbmPrivacy(ring, new FieldEncryptor(ring)));
        return options is DbContextOptions<PaddedContext> padded ? new PaddedContext(padded) : new PlainContext(options);
    }

    private static async Task AddAsync<TContext>(TestDatabase database, KeyRing ring, params string?[] texts)
        where TContext : AnswerContext
    {
        await using var context = Open<TContext>(database, ring);
        await context.Database.EnsureCreatedAsync();
        context.AddRange(texts.Select((text, i) => new Answer { Id = i + 1, Person = Jane.Value, Text = text is null ? null : (Protected<string>)text }));
        await context.SaveChangesAsync();
    }

    private static async Task<List<int>> LengthsAsync(TestDatabase database) => [.. (await database.RowsAsync("SELECT text FROM answers ORDER BY id"))
        .Select(row => EnvelopeInfo.TryRead((byte[])row[0], out var info) ? info.ContentLength : -1)];

    private static async Task<List<string>> ReadAsync(TestDatabase database, KeyRing ring)
    {
        await using var context = Open<PlainContext>(database, ring);
        var answers = await context.RevealAsync(context.Set<Answer>().OrderBy(a => a.Id), a => a.Text, "test");
        return [.. answers.GetEntities().Select(a => a.Text!.GetValue())];
    }

    private sealed class Nothing : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    [ProtectedEntity("answer", Scope = "survey")]
    private sealed class Answer
    {
        public int Id { get; set; }

        [PrivacySubject]
        public string Person { get; set; } = "";

        [ProtectedField("text")]
        public Protected<string>? Text { get; set; }

        public string? Clear { get; set; }
    }

    private abstract class AnswerContext(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.UseAbmPrivacy();
            modelBuilder.HasSingleTenant();
            modelBuilder.Entity<Answer>(answer =>
            {
                answer.ToTable("answers");
                answer.Property(a => a.Id).HasColumnName("id").ValueGeneratedNever();
                answer.Property(a => a.Text).HasColumnName("text");
                answer.Property(a => a.Clear).HasColumnName("clear");
            });
        }
    }

    private sealed class PlainContext(DbContextOptions options) : AnswerContext(options);

    private sealed class PaddedContext(DbContextOptions options) : AnswerContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            modelBuilder.Entity<Answer>().Property(a => a.Text).HasPadding(Padding.ToMultipleOf(64));
        }
    }
}

public class SqlitePaddingTests : PaddingContract
{
    protected override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}

public class PostgresPaddingTests(PostgresFixture server) : PaddingContract
{
    protected override async Task<TestDatabase> NewDatabaseAsync() => await server.CreateDatabaseAsync();
}
