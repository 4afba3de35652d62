using System.Globalization;
using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Masking;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Keyed;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Masking;

/// <summary>What a masked copy keeps on every database.</summary>
public abstract class MaskedCopyContract : IAsyncLifetime
{
    private static readonly Guid Jane = new("0198a000-0000-7000-8000-000000000001");
    private static readonly Guid Omar = new("0198a000-0000-7000-8000-000000000002");

    private readonly MaskingKey _key = MaskingKey.FromBytes([.. Enumerable.Range(0, 32).Select(value => (byte)value)]);

    protected TestDatabase SourceDatabase { get; private set; } = null!;

    protected TestDatabase TargetDatabase { get; private set; } = null!;

    protected ShopContext Source { get; private set; } = null!;

    protected ShopContext Target { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        (SourceDatabase, TargetDatabase) = (await CreateDatabaseAsync(), await CreateDatabaseAsync());
        (Source, Target) = (new ShopContext(SourceDatabase.OptionsFor<ShopContext>()), new ShopContext(TargetDatabase.OptionsFor<ShopContext>()));
        await Source.Database.EnsureCreatedAsync();
        await Target.Database.EnsureCreatedAsync();
        Source.AddRange(new Firm { Code = "100-200-3", Title = "Acme" }, new Firm { Code = "100-200-4", Title = "Globex" });
        Source.AddRange(
            new Person { Id = Jane, FirmCode = "100-200-3", Name = "Jane Doe", Email = "jane@acme.test", Born = new DateOnly(1980, 2, 29), Salary = 52_000.50m, Note = "likes tea", Visits = 7 },
            new Person { Id = Omar, Name = "Omar Said", Email = "omar@globex.test", Born = new DateOnly(1990, 1, 1), Salary = 61_000, Visits = 8 });
        Source.AddRange(
            new Purchase { Id = 5, PersonId = Jane, Buyer = "JANE DOE", At = new DateTime(2024, 2, 29, 8, 15, 0, DateTimeKind.Utc), Day = "2024-02-29" },
            new Purchase { Id = 9, PersonId = Omar, Buyer = "O. Said", At = new DateTime(2024, 3, 1, 9, 0, 0, DateTimeKind.Utc), Day = "not a date" });
        await Source.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Source.DisposeAsync();
        await Target.DisposeAsync();
        await SourceDatabase.DisposeAsync();
        await TargetDatabase.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task A_person_is_the_same_fake_in_every_table_and_rows_keep_each_other()
    {
        var copy = Copy();
        var plan = await copy.PlanAsync(Ct);
        Assert.Empty(plan.Faults);
        var report = await copy.RunAsync(plan.Digest, cancellationToken: Ct);

        var people = await Target.People.AsNoTracking().Include(person => person.Firm).OrderBy(person => person.Visits).ToListAsync(Ct);
        var purchases = await Target.Purchases.AsNoTracking().OrderBy(purchase => purchase.Id).ToListAsync(Ct);
        Assert.Equal(new Dictionary<string, long> { ["Firms"] = 2, ["People"] = 2, ["Purchases"] = 2 }, report.Rows);
        Assert.Equal([Jane, Omar], people.Select(person => person.Id));
        Assert.Equal([7, 8], people.Select(person => person.Visits));
        Assert.Equal(people.Select(person => person.Name), purchases.Select(purchase => purchase.Buyer)); // by the person, however the name is spelled
        Assert.NotEqual("Jane Doe", people[0].Name);
        Assert.NotNull(people[0].Firm);
        Assert.Matches(@"^\d{3}-\d{3}-\d$", people[0].FirmCode);
        Assert.NotEqual("100-200-3", people[0].FirmCode);
        Assert.Null(people[1].FirmCode);
        Assert.All(people, person => Assert.EndsWith("@example.com", person.Email, StringComparison.Ordinal));
        Assert.All(people, person => Assert.Null(person.Note));
        Assert.NotEqual(new DateOnly(1980, 2, 29), people[0].Born);
        Assert.Equal(new DateOnly(2024, 2, 29).DayNumber - new DateOnly(1980, 2, 29).DayNumber, DateOnly.FromDateTime(purchases[0].At).DayNumber - people[0].Born.DayNumber);
        Assert.Equal(DateOnly.FromDateTime(purchases[0].At).ToString("O", CultureInfo.InvariantCulture), purchases[0].Day);
        Assert.Equal("***", purchases[1].Day);
        Assert.InRange(people[0].Salary, 46_000, 58_000);
        Assert.NotEqual(52_000.50m, people[0].Salary);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_shows_no_clear_value()
    {
        var plan = await Copy().PlanAsync(Ct);

        Assert.True(plan.CanRun);
        Assert.Empty(await Target.People.ToListAsync(Ct));
        Assert.Equal(["Firms", "People", "Purchases"], plan.Tables.Select(table => table.Name));
        Assert.All(plan.Tables, table => Assert.Equal(2, table.Rows));
        var columns = plan.Tables.SelectMany(table => table.Columns).ToList();
        Assert.Contains(columns, column => column is { Name: "Email", Treatment: "masked by FakeMask" } && column.DataClass.Name == "contact.email" && column.Examples.Count == 2);
        Assert.Contains(columns, column => column is { Name: "Visits", Treatment: "kept", Examples.Count: 0 });
        string[] clear = ["Jane", "Omar", "acme.test", "tea", "1980", "52000.5", "100-200-3", "0198a000", "Acme"];
        Assert.All(columns.SelectMany(column => column.Examples), example => Assert.All(clear, text => Assert.DoesNotContain(text, example, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_column_that_nobody_declared_is_listed_and_refused()
    {
        var copy = new MaskedCopy(Source, Target) { Masker = new Masker() }.Table<Person>(person => person.Keep(p => p.Id, p => p.Salary));
        var plan = await copy.PlanAsync(Ct);

        Assert.False(plan.CanRun);
        Assert.Contains(plan.Faults, fault => fault.StartsWith("People.Note is undeclared", StringComparison.Ordinal));
        Assert.Contains(plan.Faults, fault => fault.StartsWith("People.Born is undeclared", StringComparison.Ordinal));
        Assert.Contains(plan.Faults, fault => fault.StartsWith("People.FirmCode refers to Firms, which is not copied", StringComparison.Ordinal));
        Assert.Contains(plan.Faults, fault => fault.StartsWith("People.Email is of the class contact.email", StringComparison.Ordinal)); // unique: a partial mask collides
        Assert.DoesNotContain(plan.Faults, fault => fault.StartsWith("People.Name", StringComparison.Ordinal) || fault.StartsWith("People.Visits", StringComparison.Ordinal));
        Assert.Equal("undeclared", plan.Tables[0].Columns.Single(column => column.Name == "Note").Treatment);
        await RefusedAsync(copy, plan.Digest, "People.Note is undeclared");
        await RefusedAsync(new MaskedCopy(Source, Target), "0", "No table is named");
    }

    [Fact]
    public async Task Only_the_plan_that_was_approved_is_run()
    {
        var digest = (await Copy().PlanAsync(Ct)).Digest;
        using var other = MaskingKey.FromBytes([.. Enumerable.Range(1, 32).Select(value => (byte)value)]);

        Assert.Equal(digest, (await Copy().PlanAsync(Ct)).Digest);
        await RefusedAsync(Copy(), new string('0', 64), "not the plan that was approved");
        await RefusedAsync(Copy(other), digest, "not the plan that was approved");
        await RefusedAsync(Copy(note: "keep"), digest, "not the plan that was approved");
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Copy().RunAsync("", cancellationToken: Ct));
        Assert.Empty(await Target.Firms.ToListAsync(Ct));
    }

    [Fact]
    public async Task A_target_that_is_not_empty_is_refused_unless_told()
    {
        var copy = Copy();
        var digest = (await copy.PlanAsync(Ct)).Digest;
        Target.Add(new Firm { Code = "x", Title = "there before" });
        await Target.SaveChangesAsync(Ct);

        await RefusedAsync(copy, digest, "Firms of the target is not empty");
        copy.AllowNonEmptyTarget = true;
        Assert.Equal(2, (await copy.RunAsync(digest, cancellationToken: Ct)).Rows["Firms"]);
        Assert.Equal(3, await Target.Firms.CountAsync(Ct));
    }

    [Fact]
    public async Task The_source_is_never_the_target()
    {
        await using var again = new ShopContext(SourceDatabase.OptionsFor<ShopContext>());
        foreach (var target in new[] { Source, again })
        {
            var copy = Copy(target: target);
            copy.AllowNonEmptyTarget = true;
            var plan = await copy.PlanAsync(Ct);

            Assert.Contains(plan.Faults, fault => fault.StartsWith("The target is the source", StringComparison.Ordinal));
            await RefusedAsync(copy, plan.Digest, "The target is the source");
        }

        Assert.Equal("Jane Doe", (await Source.People.AsNoTracking().SingleAsync(person => person.Id == Jane, Ct)).Name);
    }

    [Fact]
    public async Task What_the_target_refuses_and_what_is_canceled_leave_nothing()
    {
        Source.Add(new Person { Id = Guid.NewGuid(), Name = "x", Email = "jane2@acme.test", Born = new DateOnly(2000, 1, 1) });
        await Source.SaveChangesAsync(Ct);
        var copy = Copy(email: new ConstantMask("nobody@example.com"));
        await RefusedAsync(copy, (await copy.PlanAsync(Ct)).Digest, "refused a statement");

        using var cancellation = new CancellationTokenSource();
        var canceled = Copy();
        canceled.BatchRows = 1;
        var digest = (await canceled.PlanAsync(Ct)).Digest;
        var seen = new List<MaskedCopyProgress>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled.RunAsync(
            digest, new Report(step =>
            {
                seen.Add(step);
                if (step.Table == "People")
                {
                    cancellation.Cancel();
                }
            }),
            cancellation.Token));

        Assert.Equal([("Firms", 1), ("Firms", 2), ("People", 1)], seen.Select(step => (step.Table, (int)step.Rows)));
        Assert.Empty(await Target.Firms.ToListAsync(Ct));
        Assert.Empty(await Target.People.ToListAsync(Ct));
    }

    [Fact]
    public async Task A_key_that_would_be_masked_whole_is_refused()
    {
        Source.Add(new Firm { Code = "12", Title = "too short to permute" });
        await Source.SaveChangesAsync(Ct);

        var copy = Copy();
        var plan = await copy.PlanAsync(Ct);
        Assert.Contains(plan.Faults, fault => fault.StartsWith("Firms: A value cannot be masked by FormatPreservingMask", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<PrivacyException>(() => copy.RunAsync(plan.Digest, cancellationToken: Ct));
        Assert.Equal(PrivacyErrorCode.MaskedCopyRefused, error.Code);
        Assert.DoesNotContain("12", error.Message, StringComparison.Ordinal);
        Assert.Empty(await Target.Firms.ToListAsync(Ct));
    }

    [Fact]
    public async Task A_disposed_key_stops_the_copy()
    {
        var key = MaskingKey.FromBytes([.. Enumerable.Range(0, 32).Select(value => (byte)value)]);
        var copy = Copy(key);
        var digest = (await copy.PlanAsync(Ct)).Digest;
        key.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => copy.RunAsync(digest, cancellationToken: Ct));
        Assert.Empty(await Target.Firms.ToListAsync(Ct));
    }

    [Fact]
    public async Task Rules_that_cannot_be_are_refused()
    {
        var shift = new DateShift(_key, "dates");
        Assert.Throws<ArgumentException>(() => new MaskedCopy(Source, Target).Table<Person>(person => person.Keep(p => p.Id).Erase(p => p.Id)));
        Assert.Throws<ArgumentException>(() => new MaskedCopy(Source, Target).Table<Person>(person => person.Keep(p => p.Firm!.Title)));
        Assert.Throws<ArgumentException>(() => new MaskedCopy(Source, Target).Table<Person>(person => person.KeepColumns("Nothing")));
        Assert.Throws<ArgumentException>(() => new MaskedCopy(Source, Target).Table<ShopContext>(_ => { }));
        var plan = await new MaskedCopy(Source, Target)
            .Table<Firm>(firm => firm.Keep(f => f.Code))
            .Table<Person>(person => person
                .Erase(p => p.Id, p => p.Salary)
                .Mask(p => p.Born, Mask.Hide)
                .Mask(p => p.FirmCode, Mask.Hide)
                .ShiftDates(p => p.Note, shift, subject: p => p.Born))
            .PlanAsync(Ct);

        Assert.Contains(plan.Faults, fault => fault.StartsWith("People.Id is a part of the primary key", StringComparison.Ordinal));
        Assert.Contains(plan.Faults, fault => fault.StartsWith("People.Salary takes no null", StringComparison.Ordinal));
        Assert.Contains(plan.Faults, fault => fault.StartsWith("People.Born is stored as DateOnly and cannot be masked by ConstantMask", StringComparison.Ordinal));
        Assert.Contains(plan.Faults, fault => fault.StartsWith("People.FirmCode refers to Firms.Code, and the two are treated differently", StringComparison.Ordinal));
        Assert.Contains(plan.Faults, fault => fault.StartsWith("People.Note is masked by Born, which is no text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_rows_are_copied_in_statements_of_a_few()
    {
        const int Many = 2_500;
        Source.ChangeTracker.Clear();
        Source.AddRange(Enumerable.Range(0, Many).Select(i => new Person { Id = Guid.CreateVersion7(), Name = $"Person {i}", Email = $"p{i}@example.test", Born = new DateOnly(1970, 1, 1).AddDays(i) }));
        await Source.SaveChangesAsync(Ct);
        var copy = Copy();
        var report = await copy.RunAsync((await copy.PlanAsync(Ct)).Digest, cancellationToken: Ct);

        Assert.Equal(Many + 2, report.Rows["People"]);
        Assert.Equal(Many + 2, await Target.People.Select(person => person.Email).Distinct().CountAsync(Ct));
        Target.Add(new Purchase { PersonId = Jane, Buyer = "a new row gets a new number" });
        await Target.SaveChangesAsync(Ct);
    }

    protected MaskedCopy Copy(MaskingKey? key = null, ShopContext? target = null, string note = "erase") =>
        Copy(new FakeMask(key ?? _key, "contact.email", FakeTemplate.Email, FakeUniqueness.Suffixed), key, target, note);

    protected static async Task RefusedAsync(MaskedCopy copy, string digest, string why)
    {
        var error = await Assert.ThrowsAsync<PrivacyException>(() => copy.RunAsync(digest, cancellationToken: Ct));
        Assert.Equal(PrivacyErrorCode.MaskedCopyRefused, error.Code);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private MaskedCopy Copy<TEmail>(TEmail email, MaskingKey? key = null, ShopContext? target = null, string note = "erase")
        where TEmail : struct, IMask
    {
        key ??= _key;
        var name = new FakeMask(key, "person", FakeTemplate.LongPersonName);
        var dates = new DateShift(key, "dates");
        return new MaskedCopy(Source, target ?? Target) { Masker = new Masker(new MaskingOptions().Use(new DataClass("account.name"), new FakeMask(key, "account.name", FakeTemplate.Company))) }
            .Table<Purchase>(purchase => purchase
                .Keep(p => p.Id)
                .Mask(p => p.Buyer, name, of: p => p.PersonId)
                .ShiftDates(p => p.At, dates, subject: p => p.PersonId)
                .ShiftDates(p => p.Day, dates, subject: p => p.PersonId))
            .Table<Person>(person =>
            {
                person.Keep(p => p.Id)
                    .Mask(p => p.Name, name, of: p => p.Id)
                    .Mask(p => p.Email, email)
                    .ShiftDates(p => p.Born, dates, subject: p => p.Id)
                    .AddNoise(p => p.Salary, NumberNoise.Absolute(key, "salary", 5_000), subject: p => p.Id);
                _ = note == "keep" ? person.Keep(p => p.Note) : person.Erase(p => p.Note);
            })
            .Table<Firm>(firm => firm.Mask(f => f.Code, new FormatPreservingMask(key, "firm.code")));
    }

    private MaskedCopy Copy(ConstantMask email) => Copy<ConstantMask>(email);

    private sealed class Report(Action<MaskedCopyProgress> act) : IProgress<MaskedCopyProgress>
    {
        void IProgress<MaskedCopyProgress>.Report(MaskedCopyProgress value) => act(value);
    }
}
