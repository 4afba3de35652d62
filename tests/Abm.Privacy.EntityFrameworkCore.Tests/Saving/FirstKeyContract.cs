using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

/// <summary>First keys of a person, by several writers at once.</summary>
public abstract class FirstKeyContract
{
    private static readonly TenantId Acme = new("acme");

    protected abstract ValueTask<TestDatabase> NewDatabaseAsync();

    private async Task<CrmDatabase> CreateAsync() => await CrmDatabase.CreateAsync(await NewDatabaseAsync());

    [Fact]
    public async Task The_second_of_two_first_writers_takes_the_key_of_the_first()
    {
        await using var crm = await CreateAsync();
        var (first, second) = (new Contact { Email = "first" }, new Contact { Email = "second", Name = "Second" });
        await using var winner = crm.NewContext();
        winner.Add(first);
        await using var loser = crm.NewContext(new AfterSealing(_ => winner.SaveChangesAsync()));
        loser.Add(second);
        await loser.SaveChangesAsync();

        Assert.Equal(1, await crm.CountAsync(DataKeyModel.KeysTable));
        Assert.Equal(KeyOf(first), KeyOf(second));
        Assert.True(EnvelopeInfo.TryRead(second.Name!.Envelope.Span, out var name) && name is { IsPadded: true, ContentLength: 32 });
        Assert.Equal(("first", "second"), (await crm.ReadEmailAsync(first.Id), await crm.ReadEmailAsync(second.Id)));
        Assert.Equal(0, await loser.SaveChangesAsync());
    }

    [Fact]
    public async Task A_lost_race_survives_a_retry()
    {
        await using var crm = await CreateAsync();
        var (first, second) = (new Contact { Email = "first" }, new Contact { Email = "second" });
        await using var winner = crm.NewContext();
        winner.Add(first);
        await using var loser = crm.NewContext(options => options
            .ReplaceService<IExecutionStrategyFactory, TestRetryStrategyFactory>()
            .AddInterceptors(new AfterSealing(_ => winner.SaveChangesAsync()), AtSaveCommand.FailOnce()));
        loser.Add(second);
        await loser.SaveChangesAsync();

        Assert.Equal(1, await crm.CountAsync(DataKeyModel.KeysTable));
        Assert.Equal(("first", "second"), (await crm.ReadEmailAsync(first.Id), await crm.ReadEmailAsync(second.Id)));
    }

    [Fact]
    public async Task A_winner_that_is_gone_at_the_retry_is_not_believed_any_more()
    {
        await using var crm = await CreateAsync();
        var contact = new Contact { Email = "mine" };
        await using var context = crm.NewContext(options => options
            .ReplaceService<IExecutionStrategyFactory, TestRetryStrategyFactory>()
            .AddInterceptors(
                new AfterSealing(async _ => (await crm.NewRing().OpenAsync(Acme, [TestKeys.Jane])).Dispose()),
                AtSaveCommand.FailOnce(),
                new BeforeSecondTransaction(() => ExecuteAsync(crm, $"DELETE FROM {DataKeyModel.KeysTable}"))));
        context.Add(contact);
        await context.SaveChangesAsync();

        Assert.Equal(1, await crm.CountAsync(DataKeyModel.KeysTable));
        Assert.Equal("mine", await crm.ReadEmailAsync(contact.Id));
    }

    [Fact]
    public async Task Many_first_writers_end_with_one_key()
    {
        await using var crm = await CreateAsync();
        var contacts = Enumerable.Range(0, 8).Select(i => new Contact { Email = $"mail-{i}" }).ToList();
        await Task.WhenAll(contacts.Select(async contact =>
        {
            using var ring = crm.NewRing();
            await using var context = crm.NewContext(ring);
            context.Add(contact);
            await context.SaveChangesAsync();
        }));

        Assert.Equal(1, await crm.CountAsync(DataKeyModel.KeysTable));
        foreach (var (contact, i) in contacts.Select((contact, i) => (contact, i)))
        {
            Assert.Equal($"mail-{i}", await crm.ReadEmailAsync(contact.Id));
        }
    }

    [Fact]
    public async Task A_value_in_a_JSON_text_whose_key_lost_is_not_saved()
    {
        await using var crm = await CreateAsync();
        var customer = new Customer { Id = Guid.NewGuid(), Name = "ada" };
        customer.Notes.Add(new Note { Text = "note" });
        await using var context = crm.NewContext(new AfterSealing(async _ =>
            (await crm.NewRing().OpenAsync(Acme, [new SubjectId(customer.Id.ToString())])).Dispose()));
        context.Add(customer);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync());
        Assert.Equal(0, await crm.CountAsync("\"Customers\""));
        await context.SaveChangesAsync();

        await using var reader = crm.NewContext();
        Assert.Equal("note", (await reader.RevealAsync(reader.Customers, c => c, "test")).GetEntities().Single().Notes.Single().Text!.GetValue());
    }

    [Fact]
    public async Task A_tenant_key_that_was_retired_meanwhile_is_replaced()
    {
        await using var crm = await CreateAsync();
        crm.Stores = new RetiredOnce(crm.Stores);
        await using var context = crm.NewContext();
        var contact = new Contact { Email = "mine" };
        context.Add(contact);
        await context.SaveChangesAsync();

        Assert.Equal("mine", await crm.ReadEmailAsync(contact.Id));
    }

    [Fact]
    public async Task An_erased_person_is_refused_and_nothing_is_saved()
    {
        await using var crm = await CreateAsync();
        var id = await SavingContract.AddAsync(crm);
        await crm.Ring.DestroySubjectsAsync(Acme, [TestKeys.Jane]);

        await using var context = crm.NewContext();
        var stored = await context.Contacts.SingleAsync();
        stored.Email = "again@example.com";
        context.Add(new Contact { Email = "other", SubjectId = "subject-omar" });
        Assert.Equal(PrivacyErrorCode.SubjectErased, (await Assert.ThrowsAsync<PrivacyException>(() => context.SaveChangesAsync())).Code);
        Assert.Equal((1, 1), (await crm.CountAsync("\"Contacts\""), await crm.CountAsync(DataKeyModel.KeysTable)));

        context.ChangeTracker.Clear();
        context.Add(new Contact { Email = "new" });
        Assert.Equal(PrivacyErrorCode.SubjectErased, (await Assert.ThrowsAsync<PrivacyException>(() => context.SaveChangesAsync())).Code);
        Assert.Equal((1, 1), (await crm.CountAsync("\"Contacts\""), await crm.CountAsync(DataKeyModel.KeysTable)));
        Assert.NotEqual(Guid.Empty, id);
    }

    [Fact]
    public async Task Keys_of_many_persons_are_read_in_one_round_trip_for_a_tenant()
    {
        await using var crm = await CreateAsync();
        await using (var context = crm.NewContext())
        {
            context.AddRange(Enumerable.Range(0, 100).Select(i => new Contact { Email = "a", SubjectId = $"s{i}" }));
            await context.SaveChangesAsync();
        }

        var counting = new CountingStores(crm.Stores);
        crm.Stores = counting;
        await using (var context = crm.NewContext())
        {
            await context.Contacts.ForEachAsync(contact => contact.Email = "b");
            await context.SaveChangesAsync();
        }

        Assert.Equal((2, 0), (counting.Finds, counting.Adds)); // before the transaction, and in it
        await using (var context = crm.NewContext())
        {
            context.AddRange(Enumerable.Range(0, 100).Select(i => new Contact { Email = "a", SubjectId = $"new{i}" }));
            await context.SaveChangesAsync();
        }

        Assert.Equal((2, 1), (counting.Finds, counting.Adds));
    }

    private static KeyId KeyOf(Contact contact) => EnvelopeInfo.TryRead(contact.Email!.Envelope.Span, out var info) ? info.KeyId : default;

    private static async Task ExecuteAsync(CrmDatabase crm, string sql)
    {
        await using var connection = crm.Database.Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
