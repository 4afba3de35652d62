namespace Abm.Privacy.Keys;

// NIST SP 800-38D 8.3: at most 2^32 messages under one key with random 96-bit nonces.

/// <summary>
/// How many messages this process may still encrypt under one key, out of the blocks that it has set aside in the store. What
/// is set aside counts as used, so a restart never counts a message twice or not at all.
/// </summary>
internal abstract class MessageBudget
{
    /// <summary>The size of the first block, which a new key is stored with.</summary>
    public const long FirstBlock = 1L << 20;

    /// <summary>
    /// The size of the block that a process begins with under a key that is stored already: small, as most of it is lost when
    /// the process ends, and large enough for a store to answer before half of it is used. Further blocks double.
    /// </summary>
    public const long StartBlock = 1L << 16;

    /// <summary>
    /// The size of a block that serves one lease alone: small, as what is left of it is lost with the lease, and more than a
    /// unit of work writes of one subject.
    /// </summary>
    public const long LeaseBlock = 1L << 12;

    /// <summary>From here on every further block is warned of.</summary>
    public const long WarnAt = 1L << 31;

    /// <summary>Here it ends.</summary>
    public const long Limit = 1L << 32;

    private const long LargestBlock = 1L << 24;

    /// <summary>What a thread takes at once while others use the key too; a key that has less than many of these left is counted one by one.</summary>
    private const int Batch = 64;
    private const int Apart = 128 / sizeof(long); // two lines of a processor's cache

    private long _left;
    private long[]? _leftByPlace; // out of what was left; only of a key that several threads use at once
    private long _refillBelow;
    private long _nextBlock = StartBlock;
    private int _refilling;
    private volatile bool _exhausted;
    private volatile Exception? _fault;

    /// <summary>Whether no reservation is under way in the background.</summary>
    internal bool IsIdle => Volatile.Read(ref _refilling) == 0;

    /// <summary>Takes in a block that was set aside.</summary>
    /// <param name="total">What all processes have set aside, this block included.</param>
    /// <param name="block">The size of the block.</param>
    public void Grant(long total, long block)
    {
        Take(total, block);
        WarnIfNear(total);
    }

    /// <summary>Takes in a block without a warning, which may run code of the application's.</summary>
    public void Take(long total, long block)
    {
        _exhausted |= total >= Limit;
        var left = Interlocked.Add(ref _left, Math.Clamp(Limit - (total - block), 0, block));
        Volatile.Write(ref _refillBelow, _exhausted ? 0 : left / 2);
    }

    public void WarnIfNear(long total)
    {
        if (total >= WarnAt)
        {
            Warn(total);
        }
    }

    /// <summary>Counts one message before it is encrypted; never waits for a store.</summary>
    /// <param name="place">Where the thread counts, of <see cref="KeyUses"/>.</param>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.KeyExhausted"/>; <see cref="PrivacyErrorCode.KeyStoreUnavailable"/> if everything is used up and the
    /// store has not set more aside yet.
    /// </exception>
    public void Count(int place)
    {
        if (place != KeyUses.Alone && TryCountAt(place))
        {
            return;
        }

        var left = Interlocked.Decrement(ref _left);
        if (left < Volatile.Read(ref _refillBelow) || left < 0)
        {
            CountLast(left);
        }
    }

    /// <inheritdoc cref="Count(int)"/>
    public void Count() => Count(KeyUses.Alone);

    /// <summary>Counts messages, waiting for the store if it must set more aside.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.KeyExhausted"/>, or the store's error.</exception>
    public async ValueTask CountAsync(long messages, CancellationToken cancellationToken)
    {
        while (Interlocked.Add(ref _left, -messages) < 0)
        {
            Interlocked.Add(ref _left, messages);
            if (_exhausted)
            {
                throw Exhausted();
            }

            await RefillAsync(Math.Max(NextBlock(), messages), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sets a block aside in the store.</summary>
    /// <returns>What all processes have set aside then; null if the key is not stored.</returns>
    protected abstract ValueTask<long?> ReserveAsync(long block, CancellationToken cancellationToken);

    /// <summary>The key comes near its limit.</summary>
    protected abstract void Warn(long total);

    private static PrivacyException Exhausted() => new(
        PrivacyErrorCode.KeyExhausted,
        "The key has encrypted as many messages as it safely may (2^32). Rotate it: KeyLifecycle.RotateAsync for a subject's key, RotateTenantKeyAsync for a tenant's.");

    /// <summary>Counts out of what the place has, or takes a batch for it.</summary>
    private bool TryCountAt(int place)
    {
        var places = Volatile.Read(ref _leftByPlace);
        if (places is null)
        {
            var made = new long[(KeyUses.Places + 1) * Apart];
            places = Interlocked.CompareExchange(ref _leftByPlace, made, null) ?? made;
        }

        ref var own = ref places[(place + 1) * Apart];
        if (Interlocked.Decrement(ref own) >= 0)
        {
            return true;
        }

        Interlocked.Increment(ref own);
        while (true)
        {
            // never more than there is, not even for a moment: another thread would be refused
            var left = Volatile.Read(ref _left);
            if (left < Math.Max(Volatile.Read(ref _refillBelow), 2L * Batch * KeyUses.Places))
            {
                return false; // few are left, or it is time to ask for more
            }

            if (Interlocked.CompareExchange(ref _left, left - Batch, left) == left)
            {
                Interlocked.Add(ref own, Batch - 1);
                return true;
            }
        }
    }

    private void CountLast(long left)
    {
        if (left < 0)
        {
            Interlocked.Increment(ref _left); // this message is not encrypted
        }

        if (!_exhausted && Interlocked.CompareExchange(ref _refilling, 1, 0) == 0)
        {
            Volatile.Write(ref _refillBelow, 0);

            // without the caller's context: a transaction of the caller's must not take the reservation back with it
            ThreadPool.UnsafeQueueUserWorkItem(static budget => budget.RefillInBackground(), this, preferLocal: false);
        }

        if (left < 0)
        {
            throw _exhausted ? Exhausted() : new PrivacyException(
                PrivacyErrorCode.KeyStoreUnavailable,
                "The messages that were set aside for this key are used up, and the key store has not set more aside yet. Check that it can be written, and try again.",
                _fault);
        }
    }

    private async void RefillInBackground()
    {
        try
        {
            await RefillAsync(NextBlock(), CancellationToken.None).ConfigureAwait(false);
            _fault = null;
        }
        catch (Exception error)
        {
            // told to whoever finds nothing left; until then half of what is left is used up before the next attempt
            _fault = error;
            Volatile.Write(ref _refillBelow, Math.Max(Interlocked.Read(ref _left), 0) / 2);
        }
        finally
        {
            Volatile.Write(ref _refilling, 0);
        }
    }

    private async ValueTask RefillAsync(long block, CancellationToken cancellationToken)
    {
        var total = await ReserveAsync(block, cancellationToken).ConfigureAwait(false);
        Grant(total ?? throw Gone(), block);
    }

    /// <summary>The block to ask for now; the one after it is twice as large, up to the largest.</summary>
    private long NextBlock()
    {
        var block = Volatile.Read(ref _nextBlock);
        Volatile.Write(ref _nextBlock, Math.Min(2 * block, LargestBlock));
        return block;
    }

    private static PrivacyException Gone() => new(
        PrivacyErrorCode.KeyUnavailable, "The key is not in its store any more, so no message can be counted under it. Open the keys again.");
}
