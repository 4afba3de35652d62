using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Changes the states of one owner's key versions, all in one conditional change, so that exactly one is active at any time.</summary>
internal sealed class DataKeyStates(KeyRing ring)
{
    private const int Attempts = 20;

    private readonly KeyStores _stores = ring.Stores;

    /// <summary>A new version, or the one that was prepared, becomes active; the active one decrypts only.</summary>
    public async ValueTask<KeyId> RotateAsync(TenantId tenant, DataKeyOwner owner, CancellationToken cancellationToken) =>
        (await ChangeAsync(
            tenant,
            owner,
            keys =>
            {
                ThrowIfNoneLives(keys);
                var retired = keys.Where(key => key.State == KeyState.Active).Select(key => key with { State = KeyState.DecryptOnly });
                return keys.FirstOrDefault(key => key.State == KeyState.PreActive) is { } prepared
                    ? new Plan(retired.Append(prepared with { State = KeyState.Active }), AddActive: false, Activated: prepared.KeyId)
                    : new Plan(retired, AddActive: true);
            },
            cancellationToken).ConfigureAwait(false))!.Value;

    /// <summary>A new version is stored that every process can read with, and that nobody writes under yet.</summary>
    public async ValueTask<DateTimeOffset> PrepareAsync(TenantId tenant, DataKeyOwner owner, CancellationToken cancellationToken)
    {
        await ChangeAsync(
            tenant,
            owner,
            keys =>
            {
                ThrowIfNoneLives(keys);
                return keys.Any(key => key.State == KeyState.PreActive) ? null : new Plan([], AddActive: true, KeyState.PreActive);
            },
            cancellationToken).ConfigureAwait(false);
        var prepared = (await _stores.DataKeys.FindAsync(tenant, [owner], cancellationToken).ConfigureAwait(false)).FirstOrDefault(key => key.State == KeyState.PreActive);
        return (prepared?.CreatedAt ?? _stores.Time.GetUtcNow()) + _stores.CacheLifetime;
    }

    /// <summary>The version serves nothing; if it was active, a new one takes its place.</summary>
    public async ValueTask DisableAsync(TenantId tenant, DataKeyOwner owner, KeyId keyId, CancellationToken cancellationToken) =>
        await ChangeAsync(
            tenant,
            owner,
            keys => FindLiving(keys, keyId) is { State: not KeyState.Disabled } key
                ? new Plan([key with { State = KeyState.Disabled }], AddActive: key.State == KeyState.Active)
                : null,
            cancellationToken).ConfigureAwait(false);

    /// <summary>A disabled version decrypts again.</summary>
    public async ValueTask EnableAsync(TenantId tenant, DataKeyOwner owner, KeyId keyId, CancellationToken cancellationToken) =>
        await ChangeAsync(
            tenant,
            owner,
            keys => FindLiving(keys, keyId) is { State: KeyState.Disabled } key ? new Plan([key with { State = KeyState.DecryptOnly }], AddActive: false) : null,
            cancellationToken).ConfigureAwait(false);

    /// <summary>A subject whose every version is destroyed gets a new one.</summary>
    public async ValueTask<bool> ReadmitAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken) =>
        await ChangeAsync(
            tenant,
            DataKeyOwner.ForSubject(subject),
            keys => keys.Count > 0 && keys.All(key => key.State == KeyState.Destroyed) ? new Plan([], AddActive: true) : null,
            cancellationToken).ConfigureAwait(false) is not null;

    private static StoredDataKey FindLiving(IReadOnlyList<StoredDataKey> keys, KeyId keyId)
    {
        var key = keys.FirstOrDefault(key => key.KeyId == keyId) ?? throw new PrivacyException(
            PrivacyErrorCode.KeyUnavailable, $"The owner has no key {keyId}. Check the tenant, the owner and the id.");
        return key.State != KeyState.Destroyed ? key : throw Erased();
    }

    private static void ThrowIfNoneLives(IReadOnlyList<StoredDataKey> keys)
    {
        if (keys.Count == 0)
        {
            throw new PrivacyException(PrivacyErrorCode.KeyUnavailable, "The owner has no key yet, so there is nothing to rotate. Its first encryption makes one.");
        }

        if (keys.All(key => key.State == KeyState.Destroyed))
        {
            throw Erased();
        }
    }

    private static PrivacyException Erased() => new(
        PrivacyErrorCode.SubjectErased,
        "The key was destroyed on purpose and stays so. Only ReadmitSubjectAsync gives a shredded subject a new one.");

    /// <returns>The new active version, if one was made.</returns>
    private async ValueTask<KeyId?> ChangeAsync(
        TenantId tenant, DataKeyOwner owner, Func<IReadOnlyList<StoredDataKey>, Plan?> decide, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var stored = await _stores.DataKeys.FindAsync(tenant, [owner], cancellationToken).ConfigureAwait(false);
            if (decide(stored) is not { } plan)
            {
                return null;
            }

            if (await TryChangeAsync(tenant, owner, stored, plan, cancellationToken).ConfigureAwait(false) is { Done: true } change)
            {
                return change.Added ?? plan.Activated;
            }
        }

        throw new PrivacyException(
            PrivacyErrorCode.KeyStoreUnavailable, "Other processes changed the owner's keys again and again meanwhile; nothing was changed. Try again.");
    }

    private async ValueTask<(bool Done, KeyId? Added)> TryChangeAsync(
        TenantId tenant, DataKeyOwner owner, IReadOnlyList<StoredDataKey> stored, Plan plan, CancellationToken cancellationToken)
    {
        var tenantKeys = await ring.TenantKeys.HoldAsync(tenant, create: false, cancellationToken).ConfigureAwait(false);
        try
        {
            // a fenced tenant key wraps no key as it shall be, so a change takes its keys along to the active one
            var set = tenantKeys.Value;
            var changes = new List<DataKeyChange>();
            foreach (var after in plan.Changed)
            {
                if (set.Find(after.WrappedBy!.Value) is not { } wrapper)
                {
                    ring.TenantKeys.Evict(tenant); // wrapped anew since the tenant's keys were read
                    return (false, null);
                }

                var before = stored.First(key => key.Version == after.Version);
                changes.Add(new DataKeyChange(before, wrapper.Id == set.Active.Id ? after : after with
                {
                    Wrapped = KeyWrap.RewrapDataKey(wrapper, set.Active, tenant, owner, after.KeyId, after.Wrapped.Span),
                }));
            }

            var added = plan.AddActive ? Make(tenant, owner, stored.Max(key => key.Version) + 1, plan.AddAs, set.Active) : null;
            if (added is not null)
            {
                changes.Add(new DataKeyChange(null, added));
            }

            await ring.Messages.CountWrappingsAsync(set.ActiveStored, changes.Count, cancellationToken).ConfigureAwait(false);
            if (!await _stores.DataKeys.TryChangeAsync(tenant, changes, cancellationToken).ConfigureAwait(false))
            {
                return (false, null);
            }

            if (added is not null)
            {
                ring.Messages.GrantFirst(tenant, added);
            }

            return (true, added?.KeyId);
        }
        catch (PrivacyException error) when (error.Code == PrivacyErrorCode.TenantKeyRetired)
        {
            ring.TenantKeys.Evict(tenant);
            return (false, null);
        }
        finally
        {
            tenantKeys.Release();
            ring.Keys.Evict(tenant, [owner]); // after an error too: the store may have done it
        }
    }

    private StoredDataKey Make(TenantId tenant, DataKeyOwner owner, int version, KeyState state, WrappingKey wrapper)
    {
        using var key = SecretKey.Generate();
        return new StoredDataKey(
            owner, version, key.Id, state, _stores.Time.GetUtcNow(), KeyWrap.WrapDataKey(wrapper, tenant, owner, key))
        {
            MessagesReserved = MessageBudgets.FirstBlockOf(owner.Usage),
        };
    }

    /// <param name="Changed">The versions as they shall be.</param>
    /// <param name="AddActive">Whether a new version is added.</param>
    /// <param name="AddAs">The new version's state.</param>
    /// <param name="Activated">A version that was stored before and becomes the active one.</param>
    private sealed record Plan(IEnumerable<StoredDataKey> Changed, bool AddActive, KeyState AddAs = KeyState.Active, KeyId? Activated = null);
}
