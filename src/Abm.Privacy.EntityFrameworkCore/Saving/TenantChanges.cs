using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>What one save encrypts for one tenant.</summary>
internal sealed class TenantChanges(TenantId tenant, IReadOnlyList<ProtectedChange> changes)
{
    private KeyId? _indexRoot;
    private HashSet<KeyId> _made = [];

    public TenantId Tenant { get; } = tenant;

    public IReadOnlyList<ProtectedChange> Changes { get; } = changes;

    /// <summary>First keys that are stored when the transaction starts; none if they are stored already or none is needed.</summary>
    public IReadOnlyList<StoredDataKey> KeptBack { get; private set; } = [];

    /// <summary>Groups changes by tenant, in one order for every writer.</summary>
    public static List<TenantChanges> Of(IEnumerable<ProtectedChange> changes) =>
        [.. changes.GroupBy(change => change.Place.Tenant, (tenant, group) => new TenantChanges(tenant, group.ToList()))
            .OrderBy(work => work.Tenant.Value, StringComparer.Ordinal)];

    /// <summary>Opens every key in one round trip at most, and encrypts. Entities are not touched yet.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="encryptor">Encrypts.</param>
    /// <param name="store">The store on the context's connection, which holds what it finds if the rows' transaction is open already.</param>
    /// <param name="isOpen">Whether it is. Otherwise first keys are kept back for <see cref="FlushAsync"/>.</param>
    /// <param name="reserveBeside">Whether the ring's own store can be written meanwhile.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask SealAsync(
        KeyRing keys, IFieldEncryptor encryptor, IDataKeyStore store, bool isOpen, bool reserveBeside, CancellationToken cancellationToken)
    {
        var (owners, presumedNew) = Owners();
        var view = new SaveKeyStore(store, presumedNew, keepBack: !isOpen);
        if (isOpen)
        {
            // before messages are set aside: a transaction that sees its beginning only could not hold the changed rows any more
            await view.HoldAsync(Tenant, [.. owners.Where(owner => !presumedNew.Contains(owner))], cancellationToken).ConfigureAwait(false);
        }

        using var lease = await keys.OpenUncommittedAsync(
            Tenant, owners, view, create: true, CountMost(Changes), reserveBeside, cancellationToken).ConfigureAwait(false);
        var indexer = new BlindIndexer(keys);
        CpuWork.ForEach(Changes, change =>
        {
            change.Sealed = encryptor.Seal(lease, change.Subject, change.Context, change.Value!, change.Field.Padding);
            change.Index(indexer, lease);
        });
        _indexRoot = lease.FindActiveKeyId(BlindIndexBinding.Root);

        (KeptBack, _made) = (view.KeptBack, view.Made);
        if (isOpen)
        {
            await HoldUsedAsync(view, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Stores the first keys, and holds the others until the rows are committed. Where another writer was first, its key counts: what was encrypted under ours is encrypted
    /// anew, before any command is made of it. May be repeated when a transaction is.
    /// </summary>
    public async ValueTask FlushAsync(
        KeyRing keys, IFieldEncryptor encryptor, IDataKeyStore store, bool reserveBeside, CancellationToken cancellationToken)
    {
        var view = new SaveKeyStore(store, new HashSet<DataKeyOwner>(), keepBack: false);
        view.Made.UnionWith(_made);
        var again = KeptBack.Count == 0 ? [] : await FindLostAsync(store, cancellationToken).ConfigureAwait(false);
        if (again.Count > 0)
        {
            await SealAgainAsync(keys, encryptor, view, again, reserveBeside, cancellationToken).ConfigureAwait(false);
        }

        await HoldUsedAsync(view, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SealAgainAsync(
        KeyRing keys, IFieldEncryptor encryptor, SaveKeyStore view, HashSet<DataKeyOwner> again, bool reserveBeside, CancellationToken cancellationToken)
    {
        using var lease = await keys.OpenUncommittedAsync(
            Tenant, again, view, create: true, CountMost(Changes), reserveBeside, cancellationToken).ConfigureAwait(false);
        if (again.Contains(BlindIndexBinding.Root))
        {
            var indexer = new BlindIndexer(keys);
            foreach (var change in Changes)
            {
                change.Index(indexer, lease);
            }

            _indexRoot = lease.FindActiveKeyId(BlindIndexBinding.Root);
        }

        foreach (var change in Changes.Where(change => again.Contains(DataKeyOwner.ForSubject(change.Subject))))
        {
            encryptor.Reseal(lease, change.Subject, change.Context, change.Sealed!, change.Field.Padding);
            if (change.Field.IsInJson)
            {
                throw new Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException(
                    "Another writer made the first key of the same person meanwhile, and the JSON with the protected values was written under ours. Nothing was saved; save again.");
            }
        }
    }

    /// <summary>How many values the save encrypts for the person that it encrypts most for.</summary>
    private static long CountMost(IReadOnlyList<ProtectedChange> changes)
    {
        var counts = new Dictionary<SubjectId, long>();
        foreach (var change in changes)
        {
            counts[change.Subject] = counts.GetValueOrDefault(change.Subject) + 1;
        }

        return counts.Count == 0 ? 0 : counts.Values.Max();
    }

    /// <summary>The persons' keys that the save encrypted under.</summary>
    private Dictionary<DataKeyOwner, KeyId> UsedKeys()
    {
        var used = new Dictionary<DataKeyOwner, KeyId>();
        foreach (var change in Changes)
        {
            if (EnvelopeInfo.TryRead(change.Sealed!.Envelope.Span, out var info))
            {
                used[DataKeyOwner.ForSubject(change.Subject)] = info.KeyId;
            }
        }

        return used;
    }

    /// <summary>
    /// Keeps the keys in use from being destroyed until the rows are committed, so that a shredding erases what is derived from
    /// them too; or it came first, in another process whose word has not reached our cache, and nothing is saved.
    /// </summary>
    private async ValueTask HoldUsedAsync(SaveKeyStore view, CancellationToken cancellationToken)
    {
        var used = UsedKeys().Where(key => !view.Made.Contains(key.Value)).ToList();
        await view.HoldAsync(
            Tenant, [.. used.Where(key => !view.Held.ContainsKey(key.Value)).Select(key => key.Key)], cancellationToken).ConfigureAwait(false);
        foreach (var (_, key) in used)
        {
            if (!view.Held.TryGetValue(key, out var state))
            {
                throw new PrivacyException(
                    PrivacyErrorCode.KeyUnavailable, "A key that values were encrypted under is not in the database of their rows. Nothing was saved; save again.");
            }

            if (state == KeyState.Destroyed)
            {
                throw new PrivacyException(
                    PrivacyErrorCode.SubjectErased, "A subject's keys were destroyed on purpose meanwhile. Nothing was saved; leave the subject's values out.");
            }
        }
    }

    private async ValueTask<HashSet<DataKeyOwner>> FindLostAsync(IDataKeyStore store, CancellationToken cancellationToken)
    {
        var under = UsedKeys();
        if (_indexRoot is { } indexRoot)
        {
            under[BlindIndexBinding.Root] = indexRoot;
        }

        try
        {
            var stored = await store.AddAsync(Tenant, KeptBack, cancellationToken).ConfigureAwait(false);
            var active = stored.Where(key => key.State == KeyState.Active).ToDictionary(key => key.Owner, key => key.KeyId);
            return [.. KeptBack.Select(key => key.Owner).Where(owner => !active.TryGetValue(owner, out var id) || id != under[owner])];
        }
        catch (PrivacyException error) when (error.Code == PrivacyErrorCode.TenantKeyRetired)
        {
            return [.. KeptBack.Select(key => key.Owner)]; // the ring takes the new tenant key and makes the keys anew
        }
    }

    /// <summary>Whose keys are needed, and who is presumed to have none: a person whose own row is added.</summary>
    private (HashSet<DataKeyOwner> Owners, HashSet<DataKeyOwner> PresumedNew) Owners()
    {
        var (owners, own, known) = (new HashSet<DataKeyOwner>(), new HashSet<DataKeyOwner>(), new HashSet<DataKeyOwner>());
        foreach (var change in Changes)
        {
            var owner = DataKeyOwner.ForSubject(change.Subject);
            owners.Add(owner);
            if (change.Field.Indexes.Count > 0)
            {
                owners.Add(BlindIndexBinding.Root);
            }

            if (change.Field.IsInJson)
            {
                known.Add(owner); // its text is made too early for a second encryption
            }
            else if (change.Place.IsSubjectsOwn)
            {
                own.Add(owner);
            }
        }

        own.ExceptWith(known);
        return (owners, own);
    }
}
