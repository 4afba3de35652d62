using System.Diagnostics.Metrics;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Tests.Keys;

public class MessageBudgetTests
{
    private const long Block = MessageBudget.FirstBlock;
    private static readonly DataKeyOwner Jane = DataKeyOwner.ForSubject(TestKeys.Jane);
    private static readonly FieldContext Email = new(TestKeys.Tenant, "crm", "contact", "email", "c-1");

    private readonly InMemoryDataKeyStore _dataKeys = new();
    private readonly InMemoryTenantKeyStore _tenantKeys = new();
    private readonly VolatileRootKeyProvider _root = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_new_key_is_stored_with_its_first_block_and_its_process_sets_no_other_aside()
    {
        using var ring = Ring();

        for (var i = 0; i < 3; i++)
        {
            await EncryptAsync(ring);
            _time.Advance(TimeSpan.FromMinutes(5)); // the key leaves the cache, its budget stays
        }

        Assert.Equal(Block, await ReservedAsync());
        Assert.Equal(Block, Assert.Single(await _tenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None)).MessagesReserved);
    }

    [Fact]
    public async Task Every_further_process_sets_a_block_aside_before_it_encrypts_and_none_to_read()
    {
        using var first = Ring();
        var envelope = await EncryptAsync(first);
        using var second = Ring();

        await new FieldEncryptor(second).DecryptAsync(TestKeys.Jane, Email, envelope);
        Assert.Equal(Block, await ReservedAsync());

        await EncryptAsync(second); // the key is cached already, without messages
        await EncryptAsync(second);
        Assert.Equal(Block + MessageBudget.StartBlock, await ReservedAsync());
    }

    [Fact]
    public async Task Many_keys_set_their_blocks_aside_in_one_call()
    {
        var subjects = Enumerable.Range(0, 50).Select(i => new SubjectId($"s-{i}")).ToList();
        using var first = Ring();
        using (var lease = await first.OpenAsync(TestKeys.Tenant, subjects))
        {
        }

        var counting = new CountingStore(_dataKeys);
        using var second = TestKeys.Ring(counting, _tenantKeys, _root, _time);
        using (var lease = await second.OpenAsync(TestKeys.Tenant, subjects))
        {
        }

        Assert.Equal([50], counting.Reservations);
    }

    [Fact]
    public async Task Keys_without_random_nonces_set_nothing_aside()
    {
        var counting = new CountingStore(_dataKeys);
        using var ring = TestKeys.Ring(counting, _tenantKeys, _root, _time);
        var owners = new[] { KeyUsage.Shared, KeyUsage.Index, KeyUsage.Token, KeyUsage.Pseudonym }.Select(DataKeyOwner.ForTenant).ToList();
        using (var lease = await ring.OpenOwnersAsync(TestKeys.Tenant, owners))
        {
        }

        using var other = TestKeys.Ring(counting, _tenantKeys, _root, _time);
        using var again = await other.OpenOwnersAsync(TestKeys.Tenant, owners);

        Assert.Empty(counting.Reservations);
        Assert.All(await _dataKeys.FindAsync(TestKeys.Tenant, owners, CancellationToken.None), key => Assert.Equal(0, key.MessagesReserved));
    }

    [Fact]
    public async Task A_lease_that_was_opened_for_reading_encrypts_nothing()
    {
        using var ring = Ring();
        await EncryptAsync(ring); // so the key and its messages are at hand
        using var lease = await ring.OpenReadOnlyAsync(TestKeys.Tenant, [TestKeys.Jane]);

        var error = Assert.Throws<InvalidOperationException>(() => new FieldEncryptor(ring).Encrypt(lease, TestKeys.Jane, Email, "x"u8, new byte[100]));

        Assert.Contains("OpenAsync", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_transaction_sets_aside_is_not_used_after_it()
    {
        using var first = Ring();
        await EncryptAsync(first);
        var counting = new CountingStore(_dataKeys);
        using var ring = TestKeys.Ring(counting, _tenantKeys, _root, _time);

        using (var lease = await ring.OpenUncommittedAsync(TestKeys.Tenant, [Jane], counting, create: true))
        {
            new FieldEncryptor(ring).Encrypt(lease, TestKeys.Jane, Email, "x"u8, new byte[100]);
        }

        await EncryptAsync(ring); // the transaction may have been rolled back: another block
        Assert.Equal([1, 1], counting.Reservations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_transaction_sets_aside_serves_its_lease_alone_even_under_a_cached_key(bool beside)
    {
        using var first = Ring();
        var envelope = await EncryptAsync(first);
        var (own, inside) = (new CountingStore(_dataKeys), new CountingStore(_dataKeys));
        using var ring = TestKeys.Ring(own, _tenantKeys, _root, _time);
        await new FieldEncryptor(ring).DecryptAsync(TestKeys.Jane, Email, envelope); // the key is cached

        for (var i = 0; i < 2; i++)
        {
            using var lease = await ring.OpenUncommittedAsync(TestKeys.Tenant, [Jane], inside, create: true, reserveBeside: beside);
            new FieldEncryptor(ring).Encrypt(lease, TestKeys.Jane, Email, "x"u8, new byte[100]);
        }

        await EncryptAsync(ring);
        Assert.Equal(beside ? (1, 0) : (1, 2), (own.Reservations.Count, inside.Reservations.Count)); // what is committed serves everybody
    }

    [Fact]
    public async Task Messages_of_a_key_that_only_the_transaction_has_are_set_aside_inside_it()
    {
        using var first = Ring();
        await EncryptAsync(first); // stands for the transaction
        var (own, inside) = (new CountingStore(new InMemoryDataKeyStore()), new CountingStore(_dataKeys));
        using var ring = TestKeys.Ring(own, _tenantKeys, _root, _time);

        using var lease = await ring.OpenUncommittedAsync(TestKeys.Tenant, [Jane], inside, create: true, reserveBeside: true);
        new FieldEncryptor(ring).Encrypt(lease, TestKeys.Jane, Email, "x"u8, new byte[100]);

        Assert.Equal((1, 1), (own.Reservations.Count, inside.Reservations.Count));
        Assert.Equal(Block + MessageBudget.LeaseBlock, await ReservedAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transaction_does_not_wait_for_ever_for_a_connection_beside_it(bool refused)
    {
        using var first = Ring();
        await EncryptAsync(first);
        var (own, inside) = (new NoConnection(_dataKeys, refused), new CountingStore(_dataKeys));
        using var ring = TestKeys.Ring(own, _tenantKeys, _root, _time);

        var opening = ring.OpenUncommittedAsync(TestKeys.Tenant, [Jane], inside, create: true, reserveBeside: true).AsTask();
        await own.Asked.Task;
        Assert.Equal(refused, opening.IsCompleted || inside.Reservations.Count > 0);
        _time.Advance(MessageBudgets.PatienceBeside);

        using var lease = await opening;
        new FieldEncryptor(ring).Encrypt(lease, TestKeys.Jane, Email, "x"u8, new byte[100]);
        Assert.Equal([1], inside.Reservations);
    }

    [Fact]
    public async Task A_cancelled_opening_sets_nothing_aside_inside_the_transaction()
    {
        using var first = Ring();
        await EncryptAsync(first);
        var (own, inside) = (new NoConnection(_dataKeys, refused: false), new CountingStore(_dataKeys));
        using var ring = TestKeys.Ring(own, _tenantKeys, _root, _time);
        using var stop = new CancellationTokenSource();

        var opening = ring.OpenUncommittedAsync(TestKeys.Tenant, [Jane], inside, create: true, reserveBeside: true, cancellationToken: stop.Token).AsTask();
        await own.Asked.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.Empty(inside.Reservations);
    }

    [Fact]
    public async Task A_handler_that_fails_stops_neither_encryption_nor_the_other_handlers_and_is_counted()
    {
        var (told, counted) = (new List<KeyMessagesEventArgs>(), 0L);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "abm_privacy.keys.handler_faults")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();
        using var first = Ring();
        await EncryptAsync(first);
        await _dataKeys.ReserveMessagesAsync(TestKeys.Tenant, [new(Jane, 1)], MessageBudget.WarnAt, CancellationToken.None);
        using var ring = Ring();
        ring.MessageLimitNear += (_, _) => throw new InvalidOperationException("a handler of the application");
        ring.MessageLimitNear += (_, near) => told.Add(near);

        var envelope = await EncryptAsync(ring);

        Assert.Single(told);
        Assert.True(Interlocked.Read(ref counted) > 0);
        Assert.Equal("x"u8.ToArray(), await new FieldEncryptor(ring).DecryptAsync(TestKeys.Jane, Email, envelope));
    }

    [Fact]
    public async Task A_handler_that_fails_is_logged_without_what_it_said()
    {
        var log = new Log();
        await using var provider = Logging(log);
        using var first = Ring();
        await EncryptAsync(first);
        await _dataKeys.ReserveMessagesAsync(TestKeys.Tenant, [new(Jane, 1)], MessageBudget.WarnAt, CancellationToken.None);
        provider.GetRequiredService<KeyRing>().MessageLimitNear += (_, _) => throw new InvalidOperationException("of jane@example.com");

        await provider.GetRequiredService<IFieldEncryptor>().EncryptAsync(TestKeys.Jane, Email, "x"u8.ToArray());

        var error = Assert.Single(log.Errors);
        Assert.Contains(nameof(InvalidOperationException), error, StringComparison.Ordinal);
        Assert.DoesNotContain("jane", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_fails_stops_no_encryption()
    {
        await using var provider = Logging(new Log { Fails = true });
        using var first = Ring();
        await EncryptAsync(first);
        await _dataKeys.ReserveMessagesAsync(TestKeys.Tenant, [new(Jane, 1)], MessageBudget.WarnAt, CancellationToken.None);

        Assert.NotEmpty(await provider.GetRequiredService<IFieldEncryptor>().EncryptAsync(TestKeys.Jane, Email, "x"u8.ToArray()));
    }

    [Fact]
    public async Task Half_a_block_used_sets_the_next_one_aside_in_the_background_twice_as_large_up_to_a_bound()
    {
        var budget = new TestBudget();
        budget.Grant(Block, Block);
        for (var round = 0; round < 10; round++)
        {
            budget.Use(budget.Held / 2);
            Assert.Equal(round, budget.Blocks.Count); // not before half is used
            budget.Use(2);
            await budget.RefilledAsync(round + 1);
        }

        const long Start = MessageBudget.StartBlock;
        Assert.Equal([Start, 2 * Start, 4 * Start, 8 * Start, Block, 2 * Block, 4 * Block, 8 * Block, 16 * Block, 16 * Block], budget.Blocks);
    }

    [Fact]
    public async Task Encryption_never_waits_for_the_store_and_fails_closed_when_everything_is_used_up()
    {
        var answer = new TaskCompletionSource<long?>();
        var budget = new TestBudget(_ => answer.Task);
        budget.Grant(Block, Block);
        budget.Use(Block);

        var error = Assert.Throws<PrivacyException>(budget.Count);
        Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
        await budget.AttemptedAsync(1);
        Assert.Single(budget.Blocks); // and no second one while the first is under way

        answer.SetResult(3 * Block);
        await budget.RefilledAsync(1);
        budget.Use(2 * Block);
    }

    [Fact]
    public async Task A_reservation_that_failed_is_tried_again_and_told_to_whoever_finds_nothing_left()
    {
        var fault = new IOException("the disk is full");
        var budget = new TestBudget(_ => Task.FromException<long?>(fault));
        budget.Grant(Block, Block);
        budget.Use(Block / 2 + 2);
        await budget.AttemptedAsync(1);
        await WaitUntilAsync(() => budget.TryUseAll(out var error) && error.InnerException == fault);

        await budget.AttemptedAsync(2);
        budget.Answer = block => Task.FromResult<long?>(Block + block);
        await WaitUntilAsync(() => Record.Exception(budget.Count) is null);
    }

    [Fact]
    public void At_the_limit_the_key_says_rotate()
    {
        var budget = new TestBudget();
        budget.Grant(MessageBudget.Limit + 5, Block); // another process came first: the last 5 are beyond
        budget.Use(Block - 5);

        var error = Assert.Throws<PrivacyException>(budget.Count);

        Assert.Equal(PrivacyErrorCode.KeyExhausted, error.Code);
        Assert.Contains("Rotate", error.Message, StringComparison.Ordinal);
        Assert.Empty(budget.Blocks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_use_what_is_there_exactly_once(bool inPlaces)
    {
        var budget = new TestBudget();
        budget.Grant(MessageBudget.Limit, 100_000);

        // each until nothing is left, in its own place neither
        var counted = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4).Sum(thread =>
            Enumerable.Range(0, int.MaxValue).TakeWhile(_ => Record.Exception(() => budget.Count(inPlaces ? thread : KeyUses.Alone)) is null).Count());

        Assert.Equal(100_000, counted);
    }

    [Fact]
    public async Task What_threads_took_for_themselves_is_asked_for_again_in_time()
    {
        var budget = new TestBudget();
        budget.Grant(MessageBudget.StartBlock, MessageBudget.StartBlock);

        for (var i = 0; i < MessageBudget.StartBlock; i++)
        {
            budget.Count(i % KeyUses.Places);
        }

        while (!budget.IsIdle)
        {
            await Task.Yield();
        }

        Assert.Single(budget.Blocks);
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var budget = new TestBudget();
        budget.Grant(Block, Block);
        budget.Count();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10_000; i++)
        {
            budget.Count();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task A_key_near_its_limit_is_told_and_one_at_its_limit_is_refused_until_it_is_rotated()
    {
        var told = new List<KeyMessagesEventArgs>();
        using var first = Ring();
        var envelope = await EncryptAsync(first);
        await _dataKeys.ReserveMessagesAsync(TestKeys.Tenant, [new(Jane, 1)], MessageBudget.WarnAt - Block - MessageBudget.StartBlock, CancellationToken.None);

        using (var before = Ring(told))
        {
            await EncryptAsync(before); // reaches half of the limit
        }

        var near = Assert.Single(told);
        Assert.Equal((TestKeys.Tenant, (KeyUsage?)KeyUsage.Field, MessageBudget.WarnAt), (near.Tenant, near.Usage, near.MessagesReserved));
        await _dataKeys.ReserveMessagesAsync(TestKeys.Tenant, [new(Jane, 1)], MessageBudget.WarnAt, CancellationToken.None);
        using var exhausted = Ring();
        var error = await Assert.ThrowsAsync<PrivacyException>(() => EncryptAsync(exhausted));
        Assert.Equal(PrivacyErrorCode.KeyExhausted, error.Code);
        Assert.Equal("x"u8.ToArray(), await new FieldEncryptor(exhausted).DecryptAsync(TestKeys.Jane, Email, envelope));

        await new KeyLifecycle(exhausted).RotateAsync(TestKeys.Tenant, Jane);

        await EncryptAsync(exhausted);
        Assert.Equal("x"u8.ToArray(), await new FieldEncryptor(exhausted).DecryptAsync(TestKeys.Jane, Email, envelope));
    }

    [Fact]
    public async Task Wrappings_count_under_the_tenant_key()
    {
        var told = new List<KeyMessagesEventArgs>();
        using var first = Ring();
        await EncryptAsync(first);
        var tenantKey = Assert.Single(await _tenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None));
        await _tenantKeys.ReserveMessagesAsync(tenantKey, MessageBudget.Limit - Block - MessageBudget.StartBlock, CancellationToken.None);

        using var last = Ring(told); // gets the last block, or what NextBlock leaves of it
        using (var lease = await last.OpenAsync(TestKeys.Tenant, [TestKeys.Omar]))
        {
        }

        Assert.Null(Assert.Single(told).Usage);
        using var late = Ring();
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await late.OpenAsync(TestKeys.Tenant, [new SubjectId("third")]));
        Assert.Equal(PrivacyErrorCode.KeyExhausted, error.Code);

        await new KeyLifecycle(late).RotateTenantKeyAsync(TestKeys.Tenant);
        using var third = await late.OpenAsync(TestKeys.Tenant, [new SubjectId("third")]);
        await EncryptAsync(late);
    }

    [Fact]
    public async Task A_key_near_its_limit_is_logged()
    {
        var log = new Log();
        await using var provider = Logging(log);
        using var first = Ring();
        await EncryptAsync(first);
        await _dataKeys.ReserveMessagesAsync(TestKeys.Tenant, [new(Jane, 1)], MessageBudget.WarnAt, CancellationToken.None);

        await provider.GetRequiredService<IFieldEncryptor>().EncryptAsync(TestKeys.Jane, Email, "x"u8.ToArray());

        Assert.Contains("Rotate it soon", Assert.Single(log.Warnings), StringComparison.Ordinal);
        Assert.NotNull(provider.GetRequiredService<KeyLifecycle>());
    }

    [Fact]
    public void The_table_of_budgets_is_bounded()
    {
        var budgets = new MessageBudgets(_tenantKeys, _dataKeys, capacity: 2, _time);
        var keys = Enumerable.Range(0, 3).Select(_ => DataKeyStoreContract.NewKey(Jane)).ToList();

        keys.ForEach(key => budgets.GrantFirst(TestKeys.Tenant, key));

        Assert.Equal([false, true, true], keys.Select(key => budgets.Find(key.KeyId) is not null));
    }

    private static async Task<byte[]> EncryptAsync(KeyRing ring) => await new FieldEncryptor(ring).EncryptAsync(TestKeys.Jane, Email, "x"u8.ToArray());

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20), "nothing happened for 20 seconds");
            await Task.Delay(5);
        }
    }

    private async Task<long> ReservedAsync() =>
        Assert.Single(await _dataKeys.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None)).MessagesReserved;

    private KeyRing Ring(List<KeyMessagesEventArgs>? told = null)
    {
        var ring = TestKeys.Ring(_dataKeys, _tenantKeys, _root, _time);
        ring.MessageLimitNear += (_, near) => told?.Add(near);
        return ring;
    }

    private ServiceProvider Logging(Log log) => new ServiceCollection()
        .AddLogging(logging => logging.AddProvider(log))
        .AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys
            .UseRootKeyProvider(_ => _root).UseTenantKeyStore(_ => _tenantKeys).UseDataKeyStore(_ => _dataKeys)))
        .BuildServiceProvider();

    private sealed class TestBudget(Func<long, Task<long?>>? answer = null) : MessageBudget
    {
        private long _total = Block;
        private long _used;
        private int _answered;

        public Func<long, Task<long?>>? Answer { get; set; } = answer;

        public List<long> Blocks { get; } = [];

        public long Held => _total - _used;

        public void Use(long messages)
        {
            _used += messages;
            Assert.True(CountAsync(messages - 1, CancellationToken.None).AsTask().IsCompletedSuccessfully); // waits for nothing that is there
            Count();
        }

        public bool TryUseAll(out PrivacyException error)
        {
            while (true)
            {
                try
                {
                    Count();
                }
                catch (PrivacyException nothingLeft)
                {
                    error = nothingLeft;
                    return true;
                }
            }
        }

        public Task RefilledAsync(int times) => WaitUntilAsync(() => Volatile.Read(ref _answered) >= times && IsIdle);

        public Task AttemptedAsync(int times) => WaitUntilAsync(() => Blocks.Count >= times);

        protected override async ValueTask<long?> ReserveAsync(long block, CancellationToken cancellationToken)
        {
            Blocks.Add(block);
            try
            {
                return Answer is null ? Interlocked.Add(ref _total, block) : await Answer(block);
            }
            finally
            {
                Interlocked.Increment(ref _answered);
            }
        }

        protected override void Warn(long total)
        {
        }
    }

    private sealed class CountingStore(IDataKeyStore inner) : ForwardingDataKeyStore(inner)
    {
        public List<int> Reservations { get; } = [];

        public override ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
            TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken)
        {
            Reservations.Add(keys.Count);
            return base.ReserveMessagesAsync(tenant, keys, messages, cancellationToken);
        }
    }

    /// <summary>Answers no reservation, as a pool without a connection: not at all, or with a refusal.</summary>
    private sealed class NoConnection(IDataKeyStore inner, bool refused) : ForwardingDataKeyStore(inner)
    {
        public TaskCompletionSource Asked { get; } = new();

        public override async ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
            TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken)
        {
            Asked.SetResult();
            await (refused ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellationToken));
            throw new PrivacyException(PrivacyErrorCode.KeyStoreUnavailable, "the pool is empty");
        }
    }

    private sealed class Log : ILoggerProvider, ILogger
    {
        public bool Fails { get; init; }

        public List<string> Warnings { get; } = [];

        public List<string> Errors { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Fails)
            {
                throw new IOException("the disk is full");
            }

            if (logLevel is LogLevel.Warning or LogLevel.Error)
            {
                (logLevel == LogLevel.Error ? Errors : Warnings).Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
