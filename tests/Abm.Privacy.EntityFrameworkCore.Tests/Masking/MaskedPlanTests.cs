using System.Globalization;
using System.Text;
using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Masking;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Keyed;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Masking;

/// <summary>What a plan says of columns that are special.</summary>
public sealed class MaskedPlanTests : IAsyncLifetime
{
    private readonly MaskingKey _key = MaskingKey.FromBytes(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"));
    private readonly SqliteFixture _sources = new();
    private readonly SqliteFixture _targets = new();
    private LedgerContext _source = null!;
    private LedgerContext _target = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_source, _target) = (new LedgerContext(_sources.OptionsFor<LedgerContext>()), new LedgerContext(_targets.OptionsFor<LedgerContext>()));
        await _source.Database.EnsureCreatedAsync();
        await _target.Database.EnsureCreatedAsync();
        await _source.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO Owners (Code, Card) VALUES ('100-200-3', '4111111111111111');
            INSERT INTO Entries (Id, OwnerCode, At, Changed, Version) VALUES (1, '100-200-3', '2024-02-29 08:15:00+00:00', 'changed by jane', X'01');
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
        await ((IAsyncDisposable)_sources).DisposeAsync();
        await ((IAsyncDisposable)_targets).DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task Another_mask_of_a_class_or_another_parameter_is_another_plan()
    {
        string[] masks = ["payment-card", "iban", "constant", "keep-last:2", "keep-last:3", "phone", "person-name", "erase"];
        var digests = new List<string>();
        foreach (var mask in masks)
        {
            digests.Add((await Copy(mask).PlanAsync(Ct)).Digest);
            Assert.Equal(digests[^1], (await Copy(mask).PlanAsync(Ct)).Digest);
        }

        Assert.Equal(masks.Length, digests.Distinct().Count());
    }

    [Fact]
    public async Task A_column_that_is_no_personal_data_yields_to_the_key_it_refers_to()
    {
        var copy = Copy();
        var plan = await copy.PlanAsync(Ct);

        Assert.Empty(plan.Faults);
        await copy.RunAsync(plan.Digest, cancellationToken: Ct);
        var entry = await _target.Entries.AsNoTracking().Include(entry => entry.Owner).SingleAsync(Ct);
        Assert.NotNull(entry.Owner);
        Assert.NotEqual("100-200-3", entry.OwnerCode);
    }

    [Fact]
    public async Task A_class_that_is_masked_never_yields_to_a_key_that_is_kept()
    {
        var plan = await new MaskedCopy(_source, _target) { Masker = new Masker() }
            .Table<Owner>(owner => owner.Keep(o => o.Code))
            .Table<Entry>(entry => entry.Keep(e => e.Id, e => e.Changed, e => e.At).Mask(e => e.OwnerCode, Mask.Hide))
            .PlanAsync(Ct);

        Assert.Contains(plan.Faults, fault => fault.Contains("the two are treated differently", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_what_the_database_makes_is_left_out_and_the_plan_says_so()
    {
        var plan = await Copy().PlanAsync(Ct);
        var entries = plan.Tables.Single(table => table.Name == "Entries");

        Assert.Equal(["Sum", "Version"], entries.LeftOut.Order(StringComparer.Ordinal));
        Assert.Equal(["At", "Changed", "Id", "OwnerCode"], entries.Columns.Select(column => column.Name).Order(StringComparer.Ordinal));
        var undeclared = await new MaskedCopy(_source, _target).Table<Entry>(entry => entry.Keep(e => e.Id)).PlanAsync(Ct);
        Assert.Contains(undeclared.Faults, fault => fault.StartsWith("Entries.Changed is undeclared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Examples_of_times_are_written_by_ISO_8601()
    {
        var example = Assert.Single((await Copy().PlanAsync(Ct)).Tables.Single(table => table.Name == "Entries").Columns.Single(column => column.Name == "At").Examples);

        Assert.True(DateTimeOffset.TryParseExact(example, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), example);
    }

    private MaskedCopy Copy(string card = "payment-card") =>
        new MaskedCopy(_source, _target) { Masker = new Masker(new MaskingOptions { Classes = { [DataClasses.PaymentCard] = card } }) }
            .Table<Owner>(owner => owner.Mask(o => o.Code, new FormatPreservingMask(_key, "owner")))
            .Table<Entry>(entry => entry.Keep(e => e.Id).Erase(e => e.Changed).ShiftDates(e => e.At, new DateShift(_key, "dates"), subject: e => e.Id));
}

public class Owner
{
    public string Code { get; set; } = "";

    [Classified(DataClasses.PaymentCard)]
    public string Card { get; set; } = "";
}

public class Entry
{
    public int Id { get; set; }

    [Classified(DataClasses.NotPersonal)]
    public string OwnerCode { get; set; } = "";

    public Owner? Owner { get; set; }

    public DateTimeOffset At { get; set; }

    public string Changed { get; set; } = "";

    public string Sum { get; set; } = "";

    public byte[] Version { get; set; } = [];
}

public class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
{
    public DbSet<Owner> Owners => Set<Owner>();

    public DbSet<Entry> Entries => Set<Entry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Owner>().HasKey(owner => owner.Code);
        modelBuilder.Entity<Entry>(entry =>
        {
            entry.HasOne(e => e.Owner).WithMany().HasForeignKey(e => e.OwnerCode);
            entry.Property(e => e.Changed).ValueGeneratedOnAddOrUpdate();
            entry.Property(e => e.Sum).HasComputedColumnSql("\"OwnerCode\" || 'x'");
            entry.Property(e => e.Version).IsRowVersion().HasDefaultValueSql("X'00'");
        });
    }
}
