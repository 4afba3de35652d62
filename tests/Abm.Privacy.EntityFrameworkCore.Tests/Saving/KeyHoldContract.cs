using System.Globalization;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

/// <summary>What other processes do to the keys of stored people while a save is under way.</summary>
public abstract class KeyHoldContract
{
    protected static readonly TenantId Acme = new("acme");

    private const string ReservedSql = $"SELECT messages_reserved FROM {DataKeyModel.KeysTable} WHERE subject = 'subject-jane'";

    protected abstract ValueTask<TestDatabase> NewDatabaseAsync();

    protected async Task<CrmDatabase> CreateAsync() => await CrmDatabase.CreateAsync(await NewDatabaseAsync());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cached_key_writes_nothing_of_a_person_whom_another_process_has_forgotten(bool inTransaction)
    {
        await using var crm = await CreateAsync();
        var id = await SavingContract.AddAsync(crm);
        var before = await EnvelopesAsync(crm);
        await RevealAsync(crm, crm.Ring); // so that the key is in the cache
        await ForgetAsync(crm);

        await using var context = crm.NewContext();
        await using var transaction = inTransaction ? await context.Database.BeginTransactionAsync() : null;
        (await context.Contacts.SingleAsync()).Email = "written@example.com";
        context.Add(new Contact { Email = "omar@example.com", SubjectId = "subject-omar" });
        var error = await Assert.ThrowsAsync<PrivacyException>(() => context.SaveChangesAsync());

        Assert.Equal(PrivacyErrorCode.SubjectErased, error.Code);
        await (transaction?.CommitAsync() ?? Task.CompletedTask);
        Assert.Equal(before, await EnvelopesAsync(crm));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_person_who_is_forgotten_between_encryption_and_writing_is_not_written(bool isNew)
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm);
        var before = await EnvelopesAsync(crm);
        await using var context = crm.NewContext(new AfterSealing(_ => ForgetAsync(crm)));
        if (isNew)
        {
            context.Add(new Contact { Email = "second@example.com" });
        }
        else
        {
            (await context.Contacts.SingleAsync()).Email = "written@example.com";
        }

        var error = await Assert.ThrowsAsync<PrivacyException>(() => context.SaveChangesAsync());

        Assert.Equal(PrivacyErrorCode.SubjectErased, error.Code);
        Assert.Equal(before, await EnvelopesAsync(crm));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_person_is_forgotten_only_when_what_was_being_written_is_committed(bool isNew)
    {
        await using var crm = await CreateAsync();
        var id = await SavingContract.AddAsync(crm);
        await using var context = crm.NewContext();
        Task<int> forgetting;
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            if (isNew)
            {
                context.Add(new Order { ContactId = id, Message = "m" });
                context.Add(new Contact { Email = "of the same person" });
            }
            else
            {
                (await context.Contacts.SingleAsync()).Email = "written@example.com";
            }

            await context.SaveChangesAsync();
            forgetting = Task.Run(() => ForgetAsync(crm));
            await Task.Delay(400);
            Assert.False(forgetting.IsCompleted);
            await transaction.CommitAsync();
        }

        Assert.Equal(1, await forgetting);
    }

    [Fact]
    public async Task A_key_that_is_gone_from_the_database_of_the_rows_encrypts_none()
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm);
        var before = await EnvelopesAsync(crm);
        await RevealAsync(crm, crm.Ring);
        await crm.Database.ScalarAsync($"DELETE FROM {DataKeyModel.KeysTable}");

        await using var context = crm.NewContext();
        (await context.Contacts.SingleAsync()).Email = "written@example.com";
        var error = await Assert.ThrowsAsync<PrivacyException>(() => context.SaveChangesAsync());

        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
        Assert.Equal(before, await EnvelopesAsync(crm));
    }

    [Fact]
    public async Task A_key_that_is_rotated_meanwhile_encrypts_what_was_under_way()
    {
        await using var crm = await CreateAsync();
        var id = await SavingContract.AddAsync(crm);
        using var other = crm.NewRing();
        await using var context = crm.NewContext(new AfterSealing(
            async _ => await new KeyLifecycle(other).RotateAsync(Acme, DataKeyOwner.ForSubject(TestKeys.Jane))));
        (await context.Contacts.SingleAsync()).Email = "written@example.com";
        await context.SaveChangesAsync();

        Assert.Equal("written@example.com", await crm.ReadEmailAsync(id));
    }

    [Fact]
    public async Task Messages_of_a_transaction_that_was_rolled_back_are_not_used_after_it()
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm);
        using var ring = crm.NewRing(); // another process, which has set nothing aside
        await RevealAsync(crm, ring);
        await using (var context = crm.NewContext(ring))
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            (await context.Contacts.SingleAsync()).Email = "undone@example.com";
            await context.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        for (var i = 0; i < 3; i++)
        {
            await using var context = crm.NewContext(ring);
            (await context.Contacts.SingleAsync()).Email = $"{i}@example.com";
            await context.SaveChangesAsync();
        }

        Assert.Equal(MessageBudget.FirstBlock + MessageBudget.StartBlock, await ReservedAsync(crm)); // and one block serves the process
    }

    [Fact]
    public async Task More_people_in_one_save_than_the_process_keeps_message_counts_for_are_all_saved()
    {
        await using var crm = await CreateAsync();
        using var ring = TestKeys.Ring(crm.NewRingStore(), crm.TenantStore, crm.Root, options: new KeyRingOptions { CacheCapacity = 2 });
        await using var context = crm.NewContext(ring);
        context.AddRange(Enumerable.Range(0, 60).Select(i => new Contact { Email = $"p{i}@example.com", SubjectId = $"subject-{i}" }));

        await context.SaveChangesAsync();

        Assert.Equal(60, await context.Contacts.CountAsync());
    }

    protected static async Task<long> ReservedAsync(CrmDatabase crm) =>
        Convert.ToInt64(await crm.Database.ScalarAsync(ReservedSql), CultureInfo.InvariantCulture);

    private static async Task<int> ForgetAsync(CrmDatabase crm)
    {
        using var other = crm.NewRing();
        return await other.DestroySubjectsAsync(Acme, [TestKeys.Jane]);
    }

    private static async Task RevealAsync(CrmDatabase crm, KeyRing ring)
    {
        await using var context = crm.NewContext(ring);
        Assert.Single((await context.RevealAsync(context.Contacts, contact => contact.Email, "test")).GetEntities());
    }

    private static async Task<List<object[]>> EnvelopesAsync(CrmDatabase crm) => await crm.Database.RowsAsync("SELECT \"Email\" FROM \"Contacts\"");
}

public class SqliteKeyHoldTests : KeyHoldContract
{
    protected override ValueTask<TestDatabase> NewDatabaseAsync() => ValueTask.FromResult<TestDatabase>(new SqliteFixture());

    [Fact]
    public async Task A_save_in_a_transaction_sets_no_more_messages_aside_than_it_may_need()
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm);
        using var ring = crm.NewRing(); // another process, which has set nothing aside
        for (var i = 0; i < 20; i++)
        {
            await using var context = crm.NewContext(ring);
            await using var transaction = await context.Database.BeginTransactionAsync();
            (await context.Contacts.SingleAsync()).Email = $"{i}@example.com";
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        Assert.InRange(await ReservedAsync(crm) - MessageBudget.FirstBlock, 20, 40);
    }
}
