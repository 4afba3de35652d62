using Abm.Privacy.Tests.Support;
using Abm.Privacy.EntityFrameworkCore.Keys;
using System.Transactions;
using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

/// <summary>Keys and rows are stored together or not at all, whatever becomes of the transaction. Each case lost data once.</summary>
public abstract class TransactionContract
{
    private const string Jane = "jane@example.com";

    protected abstract ValueTask<TestDatabase> NewDatabaseAsync();

    private async Task<CrmDatabase> CreateAsync() => await CrmDatabase.CreateAsync(await NewDatabaseAsync());

    [Fact]
    public async Task A_failed_save_stores_no_key_and_can_be_mended_and_repeated()
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm, c => (c.Title, c.SubjectId) = ("taken", "subject-omar"));
        await using var context = crm.NewContext();
        var contact = new Contact { Email = Jane, Title = "taken" };
        context.Add(contact);

        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
        Assert.Equal(1, await crm.CountAsync(DataKeyModel.KeysTable));

        contact.Title = "free";
        await context.SaveChangesAsync();
        Assert.Equal(Jane, await crm.ReadEmailAsync(contact.Id));
    }

    [Fact]
    public async Task A_failed_save_whose_person_is_changed_is_encrypted_for_the_new_one()
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm, c => c.Title = "taken");
        await using var context = crm.NewContext();
        var contact = new Contact { Email = Jane, Title = "taken", SubjectId = "subject-first" };
        context.Add(contact);
        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());

        (contact.Title, contact.SubjectId, contact.TenantId) = ("free", "subject-second", "globex");
        await context.SaveChangesAsync();

        Assert.Equal(Jane, await crm.ReadEmailAsync(contact.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_save_that_the_execution_strategy_repeats_stores_its_keys_once(int failAt)
    {
        await using var crm = await CreateAsync();
        var failing = AtSaveCommand.FailOnce(failAt);
        await using var context = crm.NewContext(options => Retrying(options).AddInterceptors(failing));
        var contacts = Enumerable.Range(0, 60).Select(i => new Contact { Email = Jane, SubjectId = $"subject-{i}" }).ToList();
        context.AddRange(contacts);
        context.AddRange(new Order { Contact = contacts[0], Message = "m" }, new Versioned { Code = "v", Secret = "s" });
        await context.SaveChangesAsync();

        Assert.True(failing.Seen > 1 || failAt > 0); // one provider sends one command for all, another one for each row
        Assert.Equal(62, await crm.CountAsync(DataKeyModel.KeysTable));
        Assert.Equal(Jane, await crm.ReadEmailAsync(contacts[59].Id));
    }

    [Fact]
    public async Task Values_of_a_transaction_that_was_rolled_back_and_repeated_open()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext(Retry);
        var contact = new Contact { Email = Jane };
        var attempts = 0;
        await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            context.ChangeTracker.Clear();
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Add(contact);
            await context.SaveChangesAsync();
            if (++attempts == 1)
            {
                throw new TransientException(); // the transaction goes, and with it the key
            }

            await transaction.CommitAsync();
        });

        Assert.Equal(2, attempts);
        Assert.Equal(1, await crm.CountAsync(DataKeyModel.KeysTable));
        Assert.Equal(Jane, await crm.ReadEmailAsync(contact.Id));
    }

    [Fact]
    public async Task A_rolled_back_transaction_leaves_neither_keys_nor_rows_nor_a_cached_key()
    {
        await using var crm = await CreateAsync();
        var contact = new Contact { Email = Jane };
        await using (var context = crm.NewContext())
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Add(contact);
            context.Add(new Contact { Email = "second", SubjectId = "subject-omar" });
            await context.SaveChangesAsync();
            context.Add(new Contact { Email = "third" });
            await context.SaveChangesAsync();
            context.ChangeTracker.Clear();
            var revealed = await context.RevealAsync(context.Contacts, c => c.Email, "test");
            Assert.Equal(3, revealed.GetEntities().Count);
            await transaction.RollbackAsync();
        }

        Assert.Equal((0, 0), (await crm.CountAsync(DataKeyModel.KeysTable), await crm.CountAsync("\"Contacts\"")));

        await using var again = crm.NewContext();
        again.Add(contact);
        await again.SaveChangesAsync();
        Assert.Equal(1, await crm.CountAsync(DataKeyModel.KeysTable));
        Assert.Equal(Jane, await crm.ReadEmailAsync(contact.Id));
    }

    [Fact]
    public async Task Keys_go_back_to_a_savepoint_with_their_rows()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        var (before, lost, after) = (new Contact { Email = "b" }, new Contact { Email = "l", SubjectId = "subject-omar" }, new Contact { Email = "a", SubjectId = "subject-omar" });
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            context.Add(before);
            await context.SaveChangesAsync();
            await transaction.CreateSavepointAsync("mine");
            context.Add(lost);
            await context.SaveChangesAsync();
            await transaction.RollbackToSavepointAsync("mine");
            context.ChangeTracker.Clear();
            context.Add(after);
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        Assert.Equal(("b", "a"), (await crm.ReadEmailAsync(before.Id), await crm.ReadEmailAsync(after.Id)));
        Assert.Equal(2, await crm.CountAsync(DataKeyModel.KeysTable));
    }

    [Fact]
    public async Task A_failed_save_in_a_users_transaction_can_be_repeated_in_it()
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm, c => (c.Title, c.SubjectId) = ("taken", "subject-omar"));
        await using var context = crm.NewContext();
        var contact = new Contact { Email = Jane, Title = "taken" };
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            context.Add(contact);
            await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
            contact.Title = "free";
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        Assert.Equal(Jane, await crm.ReadEmailAsync(contact.Id));
    }

    [Theory]
    [InlineData(AutoTransactionBehavior.WhenNeeded)]
    [InlineData(AutoTransactionBehavior.Never)]
    public async Task The_transaction_behavior_of_the_application_is_restored(AutoTransactionBehavior behavior)
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        context.Database.AutoTransactionBehavior = behavior;
        var contact = new Contact { Email = Jane, Title = "taken" };
        context.Add(contact);
        await context.SaveChangesAsync();
        Assert.Equal(behavior, context.Database.AutoTransactionBehavior);
        Assert.Equal(Jane, await crm.ReadEmailAsync(contact.Id));

        context.Add(new Contact { Email = Jane, Title = "taken", SubjectId = "subject-new" });
        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
        Assert.Equal(behavior, context.Database.AutoTransactionBehavior);

        context.ChangeTracker.Clear();
        context.Add(new Contact { Email = Jane, SubjectId = "subject-newer" });
        using var canceled = new CancellationTokenSource();
        context.SavingChanges += (_, _) => canceled.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => context.SaveChangesAsync(canceled.Token));
        Assert.Equal(behavior, context.Database.AutoTransactionBehavior);
    }

    [Fact]
    public async Task Rows_are_never_written_without_their_keys()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext(new AfterSealing(saving =>
        {
            saving.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never; // as some other interceptor might
            return Task.CompletedTask;
        }));
        context.Add(new Contact { Email = Jane });

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            try
            {
                await context.SaveChangesAsync();
            }
            catch (DbUpdateException error)
            {
                throw error.InnerException!;
            }
        });
        Assert.Equal((0, 0), (await crm.CountAsync(DataKeyModel.KeysTable), await crm.CountAsync("\"Contacts\"")));
    }

    [Fact]
    public async Task A_save_that_fails_before_its_first_command_leaves_no_transaction_open()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        await context.Database.OpenConnectionAsync();
        var contact = new Contact { Email = Jane, SubjectId = "subject-erased" };
        await SavingContract.AddAsync(crm, c => c.SubjectId = "subject-erased");
        await crm.Ring.DestroySubjectsAsync(new("acme"), [new("subject-erased")]);
        context.Add(contact);

        var error = await Assert.ThrowsAsync<PrivacyException>(() => context.SaveChangesAsync());
        Assert.Equal(PrivacyErrorCode.SubjectErased, error.Code);
        contact.SubjectId = "subject-jane";
        await context.SaveChangesAsync();
        Assert.Equal(Jane, await crm.ReadEmailAsync(contact.Id));
    }

    [Fact]
    public async Task Cleared_pending_values_are_forgotten()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        context.Add(new Contact { Email = Jane });
        context.ChangeTracker.Clear();
        Assert.Equal(0, await context.SaveChangesAsync());
        Assert.Equal(0, await crm.CountAsync(DataKeyModel.KeysTable));
    }

    [Fact]
    public async Task A_transaction_scope_stores_keys_and_rows_together()
    {
        await using var crm = await CreateAsync();
        if (!crm.Database.SupportsTransactionScope)
        {
            // the provider refuses by itself, and nothing is stored
            using var refused = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            await using var refusing = crm.NewContext();
            refusing.Add(new Contact { Email = Jane });
            await Assert.ThrowsAnyAsync<Exception>(() => refusing.SaveChangesAsync());
            return;
        }

        var contact = new Contact { Email = Jane };
        foreach (var complete in new[] { false, true })
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            await using var context = crm.NewContext();
            context.Add(contact);
            await context.SaveChangesAsync();
            context.ChangeTracker.Clear();
            Assert.Equal(Jane, (await context.RevealAsync(context.Contacts, c => c.Email, "test")).GetEntities().Single().Email!.GetValue());
            if (complete)
            {
                scope.Complete();
            }
        }

        Assert.Equal((1, 1), (await crm.CountAsync(DataKeyModel.KeysTable), await crm.CountAsync("\"Contacts\"")));
        Assert.Equal(Jane, await crm.ReadEmailAsync(contact.Id));
    }

    [Fact]
    public async Task A_value_that_was_pending_keeps_its_clear_value_through_failures()
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm, c => (c.Title, c.SubjectId) = ("taken", "subject-omar"));
        var id = await SavingContract.AddAsync(crm);
        await using var context = crm.NewContext();
        var contact = await context.Contacts.SingleAsync(c => c.Id == id);
        (contact.Email, contact.Title) = ("changed@example.com", "taken");
        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());

        // detached and updated whole, as a disconnected application would
        context.ChangeTracker.Clear();
        Assert.Equal(ProtectedState.Revealed, contact.Email!.State);
        contact.Title = "";
        context.Update(contact);
        await context.SaveChangesAsync();
        Assert.Equal("changed@example.com", await crm.ReadEmailAsync(id));
    }

    private static void Retry(DbContextOptionsBuilder options) => Retrying(options);

    private static DbContextOptionsBuilder Retrying(DbContextOptionsBuilder options) =>
        options.ReplaceService<IExecutionStrategyFactory, TestRetryStrategyFactory>();
}
