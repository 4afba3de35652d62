using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.Tests.Keys;

public abstract partial class SqlDataKeyStoreContract
{
    [Fact]
    public async Task Two_writers_of_the_same_thousand_subjects_in_opposite_order_end_with_one_key_each()
    {
        var wrapper = KeyMaker.NewId();
        var (forth, back) = (KeyMaker.NewMany(1000, wrapper), KeyMaker.NewMany(1000, wrapper));
        back.Reverse();

        var answers = await Task.WhenAll(
            Task.Run(async () => await Create().AddAsync(TestKeys.Tenant, forth, default)),
            Task.Run(async () => await Create().AddAsync(TestKeys.Tenant, back, default)));

        var stored = await Create().FindAsync(TestKeys.Tenant, forth.ConvertAll(key => key.Owner), default);
        Assert.Equal(1000, stored.Count);
        Assert.Equal(KeyMaker.Describe(stored), KeyMaker.Describe(answers[0]));
        Assert.Equal(KeyMaker.Describe(stored), KeyMaker.Describe(answers[1]));
        Assert.Single(stored.Select(key => forth.Exists(mine => mine.KeyId == key.KeyId)).Distinct()); // all of one writer: one statement each
    }

    [Fact]
    public async Task Overlapping_sets_are_destroyed_changed_and_reserved_at_once_without_a_deadlock()
    {
        var wrapper = KeyMaker.NewId();
        var keys = KeyMaker.NewMany(300, wrapper);
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, keys, default);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            var mine = worker % 2 == 0 ? keys : keys.AsEnumerable().Reverse().ToList();
            for (var round = 0; round < 3; round++)
            {
                await store.ReserveMessagesAsync(TestKeys.Tenant, mine.Select(key => new DataKeyVersion(key.Owner, 1)).ToList(), 10, default);
                await store.TryChangeAsync(TestKeys.Tenant, mine.Select(key => new DataKeyChange(key, key with { Wrapped = KeyMaker.Wrapped(wrapper) })).ToList(), default);
            }

            await store.DestroyAsync(TestKeys.Tenant, mine.Select(key => key.Owner).ToList(), default);
        })));

        var left = await store.FindAsync(TestKeys.Tenant, keys.ConvertAll(key => key.Owner), default);
        Assert.All(left, key => Assert.Equal((KeyState.Destroyed, 180L), (key.State, key.MessagesReserved)));
    }

    [Fact]
    public async Task A_fence_waits_for_a_transaction_that_stores_a_key_and_turns_away_those_after_it()
    {
        var (old, next) = (KeyMaker.NewId(), KeyMaker.NewId());
        await Create().AddAsync(TestKeys.Tenant, [KeyMaker.New(KeyMaker.Subject(0), old)], default);
        await using var context = NewContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await SqlDataKeyStore.For(context).AddAsync(TestKeys.Tenant, [KeyMaker.New(KeyMaker.Subject(1), old)], default);

        var fence = Task.Run(async () => await Create().FenceAsync(TestKeys.Tenant, old, default));
        await Task.Delay(400);
        Assert.False(fence.IsCompleted, "the fence did not wait for the open transaction");
        await transaction.CommitAsync();
        await fence;

        Assert.Equal(2, await Create().CountNotWrappedByAsync(TestKeys.Tenant, next, default)); // what was stored in time is seen
        var late = await Assert.ThrowsAsync<PrivacyException>(async () => await Create().AddAsync(TestKeys.Tenant, [KeyMaker.New(KeyMaker.Subject(2), old)], default));
        Assert.Equal(PrivacyErrorCode.TenantKeyRetired, late.Code);
        Assert.Single(await Create().AddAsync(TestKeys.Tenant, [KeyMaker.New(KeyMaker.Subject(2), next)], default));
    }

    [Theory]
    [InlineData(System.Data.IsolationLevel.ReadCommitted)]
    [InlineData(System.Data.IsolationLevel.RepeatableRead)]
    [InlineData(System.Data.IsolationLevel.Serializable)]
    public async Task A_transaction_that_began_before_the_fence_stores_no_key_under_the_fenced_one_after_it(System.Data.IsolationLevel isolation)
    {
        var old = KeyMaker.NewId();
        await Create().AddAsync(TestKeys.Tenant, [KeyMaker.New(KeyMaker.Subject(1), old)], default);
        await using var context = NewContext();
        await using var transaction = await BeginReadingAsync(context, isolation);
        var store = SqlDataKeyStore.For(context);
        Assert.Empty(await store.FindAsync(TestKeys.Tenant, [KeyMaker.Subject(2)], default)); // its snapshot, where there is one, is older than the fence

        await Create().FenceAsync(TestKeys.Tenant, old, default);
        var error = await Assert.ThrowsAsync<PrivacyException>(
            async () => await store.AddAsync(TestKeys.Tenant, [KeyMaker.New(KeyMaker.Subject(2), old)], default));

        Assert.Contains(error.Code, new[] { PrivacyErrorCode.TenantKeyRetired, PrivacyErrorCode.KeyStoreUnavailable });
        await transaction.RollbackAsync();
        Assert.Empty(await Create().FindAsync(TestKeys.Tenant, [KeyMaker.Subject(2)], default));
    }

    [Fact]
    public async Task Keys_of_a_context_stand_or_fall_with_its_transaction()
    {
        var key = KeyMaker.New(KeyMaker.Subject(1), KeyMaker.NewId());
        foreach (var commit in new[] { false, true })
        {
            await using var context = NewContext();
            await using var transaction = await context.Database.BeginTransactionAsync();
            var store = SqlDataKeyStore.For(context);
            await store.AddAsync(TestKeys.Tenant, [key], default);

            Assert.Single(await store.FindAsync(TestKeys.Tenant, [key.Owner], default));
            Assert.Empty(await Create().FindAsync(TestKeys.Tenant, [key.Owner], default)); // nobody else sees it yet
            await (commit ? transaction.CommitAsync() : transaction.RollbackAsync());

            Assert.Equal(commit ? 1 : 0, (await Create().FindAsync(TestKeys.Tenant, [key.Owner], default)).Count);
        }
    }

    [Fact]
    public async Task A_change_that_fails_inside_a_transaction_takes_back_its_own_part_alone()
    {
        var wrapper = KeyMaker.NewId();
        var keys = KeyMaker.NewMany(2, wrapper);
        await Create().AddAsync(TestKeys.Tenant, keys, default);
        await using var context = NewContext();
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            context.Notes.Add(new KeyTestContext.Note { Id = Guid.NewGuid(), Text = "kept" });
            await context.SaveChangesAsync();
            var changes = new[]
            {
                new DataKeyChange(keys[0], keys[0] with { State = KeyState.Disabled }),
                new DataKeyChange(null, KeyMaker.New(keys[0].Owner, wrapper, version: 2)),
                new DataKeyChange(null, KeyMaker.New(keys[1].Owner, wrapper, version: 1)), // stands already
            };
            Assert.False(await SqlDataKeyStore.For(context).TryChangeAsync(TestKeys.Tenant, changes, default));
            await transaction.CommitAsync();
        }

        Assert.Equal(KeyMaker.Describe(keys), KeyMaker.Describe(await Create().FindAsync(TestKeys.Tenant, keys.ConvertAll(key => key.Owner), default)));
        Assert.Equal(1, await context.Notes.CountAsync());
    }

    [Fact]
    public async Task Without_a_transaction_a_context_s_store_writes_in_one_of_its_own()
    {
        await using var context = NewContext();
        var store = SqlDataKeyStore.For(context);
        var keys = KeyMaker.NewMany(3, KeyMaker.NewId());

        await store.AddAsync(TestKeys.Tenant, keys, default);
        Assert.Equal(1, await store.DestroyAsync(TestKeys.Tenant, [KeyMaker.Subject(0)], default));

        Assert.Equal(2, (await Create().FindAsync(TestKeys.Tenant, keys.ConvertAll(key => key.Owner), default)).Count(key => key.State == KeyState.Active));
    }

    [Fact]
    public async Task A_registered_store_works_apart_from_the_ambient_transaction_of_its_caller()
    {
        using (new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled))
        {
            await Create().AddAsync(TestKeys.Tenant, KeyMaker.NewMany(1, KeyMaker.NewId()), default);
        }

        Assert.True(await Create().AnyAsync(TestKeys.Tenant, default)); // the ring caches what it was told is stored
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Create().AddAsync(TestKeys.Tenant, KeyMaker.NewMany(1, KeyMaker.NewId()), cancelled.Token));

        Assert.False(await Create().AnyAsync(null, default));
    }

    protected abstract Task<IDbContextTransaction> BeginReadingAsync(KeyTestContext context, System.Data.IsolationLevel isolation);
}
