using System.Transactions;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using IsolationLevel = System.Data.IsolationLevel;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

/// <summary>Transactions that are open at the same time, which SQLite has not.</summary>
public class PostgresKeyHoldTests(PostgresFixture postgres) : KeyHoldContract
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    protected override async ValueTask<TestDatabase> NewDatabaseAsync() => await postgres.CreateDatabaseAsync();

    [Fact]
    public async Task Transactions_that_take_people_in_another_order_do_not_wait_for_one_another()
    {
        await using var crm = await CreateAsync();
        var (jane, omar) = (await SavingContract.AddAsync(crm), await SavingContract.AddAsync(crm, c => c.SubjectId = "subject-omar"));
        var (janes, omars) = (await SavingContract.AddAsync(crm), await SavingContract.AddAsync(crm, c => c.SubjectId = "subject-omar"));
        using var firstRing = crm.NewRing();
        using var secondRing = crm.NewRing();
        await using var first = crm.NewContext(firstRing);
        await using var second = crm.NewContext(secondRing);
        await using var one = await first.Database.BeginTransactionAsync();
        await using var two = await second.Database.BeginTransactionAsync();

        await ChangeAsync(first, jane);
        await ChangeAsync(second, omars);
        await ChangeAsync(first, omar);
        await ChangeAsync(second, janes);
        await two.CommitAsync();
        await one.CommitAsync();

        Assert.Equal(("changed", "changed"), (await crm.ReadEmailAsync(omar), await crm.ReadEmailAsync(janes)));
    }

    [Fact]
    public async Task Those_who_hold_and_those_who_destroy_keys_take_them_in_one_order_whatever_the_ids_are()
    {
        // ordered in UTF-16 these two are the other way round than in UTF-8
        DataKeyOwner[] owners = [DataKeyOwner.ForSubject(new SubjectId("s\U0001F600")), DataKeyOwner.ForSubject(new SubjectId("s\uFF5E"))];
        await using var crm = await CreateAsync();
        (await crm.Ring.OpenOwnersAsync(Acme, owners)).Dispose();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        var holders = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await using var context = crm.NewContext();
                await using var transaction = await context.Database.BeginTransactionAsync();
                await SqlDataKeyStore.For(context, transaction.GetDbTransaction(), holds: true).FindAsync(Acme, owners, default);
                await transaction.CommitAsync();
            }
        }));
        var destroyers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await using var context = crm.NewContext();
                await using var transaction = await context.Database.BeginTransactionAsync();
                Assert.Equal(2, await SqlDataKeyStore.For(context, transaction.GetDbTransaction()).DestroyAsync(Acme, owners, default));
                await transaction.RollbackAsync();
            }
        }));

        await Task.WhenAll(holders.Concat(destroyers)); // a deadlock is an error of one of them
    }

    [Fact]
    public async Task A_rotation_and_a_reservation_do_not_wait_for_a_transaction()
    {
        await using var crm = await CreateAsync();
        var jane = await SavingContract.AddAsync(crm);
        await using var context = crm.NewContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await ChangeAsync(context, jane);
        using var other = crm.NewRing();

        using var soon = new CancellationTokenSource(Soon);

        (await other.OpenAsync(Acme, [TestKeys.Jane], soon.Token)).Dispose();
        await new KeyLifecycle(other).RotateAsync(Acme, DataKeyOwner.ForSubject(TestKeys.Jane), soon.Token);
        await transaction.CommitAsync();

        Assert.Equal("changed", await crm.ReadEmailAsync(jane));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_are_set_aside_beside_a_transaction_and_stay_so_when_it_is_rolled_back(bool ambient)
    {
        await using var crm = await CreateAsync();
        var jane = await SavingContract.AddAsync(crm);
        using var ring = crm.NewRing();
        using (ambient ? new TransactionScope(TransactionScopeAsyncFlowOption.Enabled) : null)
        {
            await using var context = crm.NewContext(ring);
            await using var transaction = ambient ? null : await context.Database.BeginTransactionAsync();
            await ChangeAsync(context, jane);
        }

        Assert.Equal(MessageBudget.FirstBlock + MessageBudget.StartBlock, await ReservedAsync(crm));
        Assert.Equal("jane@example.com", await crm.ReadEmailAsync(jane));
    }

    [Fact]
    public async Task A_transaction_that_sees_its_beginning_only_saves_too()
    {
        await using var crm = await CreateAsync();
        var jane = await SavingContract.AddAsync(crm);
        using var ring = crm.NewRing();
        await using var context = crm.NewContext(ring);
        await context.RevealAsync(context.Contacts, contact => contact.Email, "test"); // the key is cached, and no message set aside
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        Assert.Equal(1, await context.Contacts.CountAsync()); // here it begins

        await ChangeAsync(context, jane);
        await ChangeAsync(context, jane, "again");
        await transaction.CommitAsync();

        Assert.Equal("again", await crm.ReadEmailAsync(jane));
    }

    [Fact]
    public async Task A_transaction_that_holds_the_only_connection_sets_messages_aside_inside_itself()
    {
        await using var crm = await CreateAsync();
        var jane = await SavingContract.AddAsync(crm);
        var one = new NpgsqlConnectionStringBuilder(crm.Database.ConnectionString) { MaxPoolSize = 1, Timeout = 6 }.ConnectionString;
        var store = new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() => crm.NewContext(options => options.UseNpgsql(one)))));
        using var ring = TestKeys.Ring(store, crm.TenantStore, crm.Root);
        await using (var context = crm.NewContext(ring, options => options.UseNpgsql(one)))
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            await ChangeAsync(context, jane);
            await transaction.CommitAsync();
        }

        Assert.Equal(MessageBudget.FirstBlock + 2, await ReservedAsync(crm)); // twice the one message: half of a block may be used
        Assert.Equal("changed", await crm.ReadEmailAsync(jane));
        NpgsqlConnection.ClearPool(new NpgsqlConnection(one));
    }

    /// <summary>A save that waits for another transaction is cancelled, and fails.</summary>
    private static async Task ChangeAsync(CrmContext context, Guid id, string email = "changed")
    {
        using var soon = new CancellationTokenSource(Soon);
        (await context.Contacts.SingleAsync(contact => contact.Id == id)).Email = email;
        await context.SaveChangesAsync(soon.Token);
    }
}
