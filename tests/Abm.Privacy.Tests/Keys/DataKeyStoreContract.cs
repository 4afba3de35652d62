using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

/// <summary>What every <see cref="IDataKeyStore"/> keeps. A new store derives a class from this one.</summary>
public abstract class DataKeyStoreContract
{
    private static readonly TenantId Other = new("globex");
    private static readonly DataKeyOwner Jane = DataKeyOwner.ForSubject(TestKeys.Jane);
    private static readonly DataKeyOwner Omar = DataKeyOwner.ForSubject(TestKeys.Omar);

    protected abstract IDataKeyStore Create();

    [Fact]
    public async Task An_empty_store_has_no_key()
    {
        var store = Create();

        Assert.False(await store.AnyAsync(null, CancellationToken.None));
        Assert.False(await store.AnyAsync(TestKeys.Tenant, CancellationToken.None));
        Assert.Empty(await store.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
    }

    [Fact]
    public async Task What_was_added_is_found_again_whole()
    {
        var store = Create();
        var keys = new[] { NewKey(Jane), NewKey(DataKeyOwner.ForTenant(KeyUsage.Index)) };

        await store.AddAsync(TestKeys.Tenant, keys, CancellationToken.None);

        var found = await store.FindAsync(TestKeys.Tenant, [Jane, Omar, DataKeyOwner.ForTenant(KeyUsage.Index)], CancellationToken.None);
        Assert.Equal(keys.Select(Describe), found.OrderBy(key => key.Owner.Usage).Select(Describe));
        Assert.True(await store.AnyAsync(TestKeys.Tenant, CancellationToken.None));
        Assert.True(await store.AnyAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task The_first_writer_wins_and_the_second_is_told_what_stands()
    {
        var store = Create();
        var (first, second, omar) = (NewKey(Jane), NewKey(Jane), NewKey(Omar));
        await store.AddAsync(TestKeys.Tenant, [first], CancellationToken.None);

        var stored = await store.AddAsync(TestKeys.Tenant, [second, omar], CancellationToken.None);

        Assert.Equal(
            new[] { first, omar }.Select(Describe).Order(StringComparer.Ordinal),
            stored.Select(Describe).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tenants_with_equal_subject_ids_are_apart()
    {
        var store = Create();
        var (mine, theirs) = (NewKey(Jane), NewKey(Jane));
        await store.AddAsync(TestKeys.Tenant, [mine], CancellationToken.None);
        await store.AddAsync(Other, [theirs], CancellationToken.None);

        await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None);

        Assert.Equal(Describe(theirs), Describe(Assert.Single(await store.FindAsync(Other, [Jane], CancellationToken.None))));
        Assert.False(await store.AnyAsync(new TenantId("nobody"), CancellationToken.None));
    }

    [Fact]
    public async Task A_destroyed_key_leaves_a_tombstone_that_no_new_key_replaces()
    {
        var store = Create();
        var key = NewKey(Jane);
        await store.AddAsync(TestKeys.Tenant, [key, NewKey(Omar)], CancellationToken.None);

        Assert.Equal(1, await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
        Assert.Equal(0, await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
        Assert.Equal(0, await store.DestroyAsync(Other, [Omar], CancellationToken.None));

        var stored = await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var tombstone = Assert.Single(stored);
        Assert.Equal((key.KeyId, KeyState.Destroyed, 0), (tombstone.KeyId, tombstone.State, tombstone.Wrapped.Length));
        Assert.Equal(KeyState.Active, Assert.Single(await store.FindAsync(TestKeys.Tenant, [Omar], CancellationToken.None)).State);
    }

    [Fact]
    public async Task Several_subjects_are_destroyed_in_one_call_and_those_without_keys_are_passed_over()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane), NewKey(Omar)], CancellationToken.None);

        var destroyed = await store.DestroyAsync(TestKeys.Tenant, [Jane, Omar, Jane, DataKeyOwner.ForSubject(new SubjectId("nobody"))], CancellationToken.None);

        Assert.Equal(2, destroyed);
        Assert.All(await store.FindAsync(TestKeys.Tenant, [Jane, Omar], CancellationToken.None), key => Assert.Equal(KeyState.Destroyed, key.State));
        Assert.Empty(await store.FindAsync(TestKeys.Tenant, [DataKeyOwner.ForSubject(new SubjectId("nobody"))], CancellationToken.None));
    }

    [Fact]
    public async Task Concurrent_first_writes_for_one_subject_end_with_one_key()
    {
        var store = Create();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            Assert.Single(await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None)).KeyId)));

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task A_subject_id_of_two_tenants_is_two_subjects_for_every_operation()
    {
        var store = Create();
        var tenantKey = NewKeyId();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane, 1, KeyState.Active, tenantKey), NewKey(Omar, 1, KeyState.Active, tenantKey)], CancellationToken.None);
        await store.AddAsync(Other, [NewKey(Jane, 1, KeyState.Active, tenantKey), NewKey(Omar, 1, KeyState.Active, tenantKey)], CancellationToken.None);
        var before = await AllAsync(store, Other);
        var jane = await OneAsync(store, Jane);

        await store.TryChangeAsync(TestKeys.Tenant, [new(jane, jane with { State = KeyState.Disabled }), new(null, NewKey(Jane, 2, KeyState.Active, tenantKey))], CancellationToken.None);
        await store.ReserveMessagesAsync(TestKeys.Tenant, [new(Jane, 1), new(Omar, 1)], 100, CancellationToken.None);
        await store.DestroyAsync(TestKeys.Tenant, [Jane, Omar], CancellationToken.None);
        await store.FenceAsync(TestKeys.Tenant, tenantKey, CancellationToken.None);

        Assert.Equal(before, await AllAsync(store, Other));
        Assert.Equal(0, await store.CountNotWrappedByAsync(TestKeys.Tenant, NewKeyId(), CancellationToken.None));
        Assert.Equal(2, await store.CountNotWrappedByAsync(Other, NewKeyId(), CancellationToken.None));
        var third = DataKeyOwner.ForSubject(new SubjectId("third"));
        Assert.Single(await store.AddAsync(Other, [NewKey(third, 1, KeyState.Active, tenantKey)], CancellationToken.None)); // the other tenant's fence
    }

    [Fact]
    public async Task What_was_set_aside_at_the_insertion_is_stored()
    {
        var store = Create();

        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane) with { MessagesReserved = 1 << 20 }], CancellationToken.None);

        Assert.Equal(1 << 20, (await OneAsync(store, Jane)).MessagesReserved);
    }

    [Fact]
    public async Task A_change_is_made_if_every_key_is_as_it_was_read()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var first = await OneAsync(store, Jane);
        var (old, next) = (first with { State = KeyState.DecryptOnly, Wrapped = NewKey(Jane).Wrapped }, NewKey(Jane, 2, KeyState.Active));

        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(first, old), new(null, next)], CancellationToken.None));

        Assert.Equal(new[] { old, next }.Select(Describe), (await AllAsync(store)).Take(2));
    }

    [Theory]
    [InlineData("state")]
    [InlineData("wrapped")]
    [InlineData("id")]
    [InlineData("absent")]
    [InlineData("present")]
    public async Task A_change_with_one_key_that_is_not_as_it_was_read_changes_nothing(string fault)
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane), NewKey(Omar)], CancellationToken.None);
        var (jane, omar, before) = (await OneAsync(store, Jane), await OneAsync(store, Omar), await AllAsync(store));
        DataKeyChange stale = fault switch
        {
            "state" => new(omar with { State = KeyState.DecryptOnly }, omar with { State = KeyState.Disabled }),
            "wrapped" => new(omar with { Wrapped = NewKey(Omar).Wrapped }, omar with { State = KeyState.Disabled }),
            "id" => new(omar, omar with { KeyId = NewKeyId() }),
            "absent" => new(NewKey(Omar, 2), NewKey(Omar, 2, KeyState.Disabled)),
            _ => new(null, omar with { State = KeyState.Disabled }),
        };

        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(jane, jane with { State = KeyState.Disabled }), stale], CancellationToken.None));

        Assert.Equal(before, await AllAsync(store));
    }

    [Fact]
    public async Task A_destroyed_key_is_changed_by_nobody()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var key = await OneAsync(store, Jane);
        await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None);
        var tombstone = await OneAsync(store, Jane);

        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(key, key with { State = KeyState.DecryptOnly })], CancellationToken.None));
        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(tombstone, key)], CancellationToken.None));

        Assert.Equal(Describe(tombstone), Describe(await OneAsync(store, Jane)));
    }

    [Fact]
    public async Task A_change_may_destroy_one_version_and_a_destruction_takes_them_all()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var first = await OneAsync(store, Jane);
        await store.TryChangeAsync(TestKeys.Tenant, [new(first, first.ToTombstone()), new(null, NewKey(Jane, 2)), new(null, NewKey(Jane, 3, KeyState.Disabled))], CancellationToken.None);
        Assert.Equal([KeyState.Destroyed, KeyState.Active, KeyState.Disabled], (await FindAsync(store, Jane)).Select(key => key.State));

        Assert.Equal(2, await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None));

        Assert.All(await FindAsync(store, Jane), key => Assert.Equal((KeyState.Destroyed, 0), (key.State, key.Wrapped.Length)));
    }

    [Fact]
    public async Task Of_concurrent_changes_of_one_key_exactly_one_is_made()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var first = await OneAsync(store, Jane);

        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            await store.TryChangeAsync(TestKeys.Tenant, [new(first, first with { State = KeyState.DecryptOnly }), new(null, NewKey(Jane, 2))], CancellationToken.None))));

        Assert.Single(made, true);
        Assert.Equal([KeyState.DecryptOnly, KeyState.Active], (await FindAsync(store, Jane)).Select(key => key.State));
    }

    [Fact]
    public async Task Keys_of_every_usage_and_state_are_found_by_the_tenant_key_that_does_not_wrap_them()
    {
        var store = Create();
        var (old, current) = (NewKeyId(), NewKeyId());
        StoredDataKey[] keys =
        [
            NewKey(Jane, 1, KeyState.Active, old),
            NewKey(DataKeyOwner.ForTenant(KeyUsage.Index), 1, KeyState.PreActive, old),
            NewKey(DataKeyOwner.ForTenant(KeyUsage.Token), 1, KeyState.Disabled, NewKeyId()),
            NewKey(DataKeyOwner.ForTenant(KeyUsage.Pseudonym), 1, KeyState.DecryptOnly, old),
        ];
        await store.AddAsync(TestKeys.Tenant, [.. keys, NewKey(DataKeyOwner.ForTenant(KeyUsage.Shared), 1, KeyState.Active, current), NewKey(Omar, 1, KeyState.Active, old)], CancellationToken.None);
        await store.DestroyAsync(TestKeys.Tenant, [Omar], CancellationToken.None);

        var found = await store.FindNotWrappedByAsync(TestKeys.Tenant, current, 100, CancellationToken.None);

        Assert.Equal(keys.Select(Describe).Order(StringComparer.Ordinal), found.Select(Describe).Order(StringComparer.Ordinal));
        Assert.Equal(4, await store.CountNotWrappedByAsync(TestKeys.Tenant, current, CancellationToken.None));
        Assert.Equal(3, (await store.FindNotWrappedByAsync(TestKeys.Tenant, current, 3, CancellationToken.None)).Count);
        Assert.Empty(await store.FindNotWrappedByAsync(Other, current, 100, CancellationToken.None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.FindNotWrappedByAsync(TestKeys.Tenant, current, 0, CancellationToken.None));
    }

    [Fact]
    public async Task A_key_that_was_wrapped_anew_is_not_found_again()
    {
        var store = Create();
        var current = NewKeyId();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane), NewKey(Omar)], CancellationToken.None);
        while (await store.FindNotWrappedByAsync(TestKeys.Tenant, current, 1, CancellationToken.None) is [var key])
        {
            Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(key, key with { Wrapped = Wrap(current) })], CancellationToken.None));
        }

        Assert.Equal(0, await store.CountNotWrappedByAsync(TestKeys.Tenant, current, CancellationToken.None));
    }

    [Fact]
    public async Task A_fenced_tenant_key_wraps_no_key_that_is_added_or_changed_and_nothing_is_stored()
    {
        var store = Create();
        var (old, current) = (NewKeyId(), NewKeyId());
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane, 1, KeyState.Active, old)], CancellationToken.None);
        var jane = await OneAsync(store, Jane);

        await store.FenceAsync(TestKeys.Tenant, old, CancellationToken.None);
        await store.FenceAsync(TestKeys.Tenant, old, CancellationToken.None);
        var before = await AllAsync(store);

        Assert.Equal(PrivacyErrorCode.TenantKeyRetired, await CodeOf(async () => await store.AddAsync(
            TestKeys.Tenant, [NewKey(DataKeyOwner.ForTenant(KeyUsage.Index), 1, KeyState.Active, current), NewKey(Omar, 1, KeyState.Active, old)], CancellationToken.None)));
        Assert.Equal(PrivacyErrorCode.TenantKeyRetired, await CodeOf(async () => await store.TryChangeAsync(
            TestKeys.Tenant, [new(null, NewKey(Jane, 2, KeyState.PreActive, current)), new(jane, jane with { State = KeyState.DecryptOnly })], CancellationToken.None)));
        Assert.Equal(before, await AllAsync(store));

        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(jane, jane with { Wrapped = Wrap(current) })], CancellationToken.None));
        Assert.Single(await store.AddAsync(TestKeys.Tenant, [NewKey(Omar, 1, KeyState.Active, current)], CancellationToken.None));
    }

    [Fact]
    public async Task A_key_under_a_fenced_tenant_key_may_still_be_destroyed()
    {
        var store = Create();
        var old = NewKeyId();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane, 1, KeyState.Active, old), NewKey(Omar, 1, KeyState.Active, old)], CancellationToken.None);
        await store.FenceAsync(TestKeys.Tenant, old, CancellationToken.None);
        var omar = await OneAsync(store, Omar);

        Assert.Equal(1, await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(omar, omar.ToTombstone())], CancellationToken.None));

        Assert.All(await store.FindAsync(TestKeys.Tenant, [Jane, Omar], CancellationToken.None), key => Assert.Equal(KeyState.Destroyed, key.State));
    }

    [Fact]
    public async Task Messages_that_are_set_aside_add_up_and_change_nothing_else()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane), NewKey(Omar)], CancellationToken.None);
        var jane = await OneAsync(store, Jane);
        DataKeyVersion[] keys = [new(Jane, 1), new(Omar, 1), new(Jane, 2), new(DataKeyOwner.ForTenant(KeyUsage.Index), 1)];

        await store.ReserveMessagesAsync(TestKeys.Tenant, keys, 5, CancellationToken.None);
        var totals = await store.ReserveMessagesAsync(TestKeys.Tenant, keys[..1], 1L << 40, CancellationToken.None);

        Assert.Equal(5 + (1L << 40), Assert.Single(totals).Value);
        Assert.Equal(5, (await OneAsync(store, Omar)).MessagesReserved);
        Assert.Equal(Describe(jane with { MessagesReserved = 5 + (1L << 40) }), Describe(await OneAsync(store, Jane)));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.ReserveMessagesAsync(TestKeys.Tenant, keys, 0, CancellationToken.None));
    }

    [Fact]
    public async Task Concurrent_reservations_are_all_counted_beside_changes_that_were_read_before()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var read = await OneAsync(store, Jane);

        var totals = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            (await store.ReserveMessagesAsync(TestKeys.Tenant, [new(Jane, 1)], 10, CancellationToken.None)).Values.Single())));
        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(read, read with { State = KeyState.DecryptOnly })], CancellationToken.None));

        Assert.Equal(Enumerable.Range(1, 16).Select(i => 10L * i), totals.Order());
        Assert.Equal(160, (await OneAsync(store, Jane)).MessagesReserved);
    }

    internal static StoredDataKey NewKey(DataKeyOwner owner, int version = 1, KeyState state = KeyState.Active, KeyId? wrappedBy = null)
    {
        using var key = SecretKey.Generate();
        using var wrapping = new WrappingKey(SecretKey.Generate());
        return new StoredDataKey(
            owner,
            version,
            key.Id,
            state,
            new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.Zero),
            wrappedBy is { } wrapper ? Wrap(wrapper) : KeyWrap.WrapDataKey(wrapping, TestKeys.Tenant, owner, key));
    }

    internal static string Describe(StoredDataKey key) =>
        $"{key.Owner.Usage} {key.Owner.Subject?.Value} {key.Version} {key.KeyId} {key.State} {key.CreatedAt:O} {key.MessagesReserved} {Convert.ToHexString(key.Wrapped.Span)}";

    /// <summary>Stands for a wrapped key: stores read the header alone.</summary>
    private static byte[] Wrap(KeyId wrapper)
    {
        using var random = SecretKey.Generate();
        var wrapped = new byte[KeyWrap.WrappedSize];
        random.CopyTo(wrapped.AsSpan(EnvelopeHeader.Size));
        new EnvelopeHeader(EnvelopeHeader.SuiteAesGcmKeyWrap, 0, wrapper).Write(wrapped);
        return wrapped;
    }

    private static KeyId NewKeyId()
    {
        using var key = SecretKey.Generate();
        return key.Id;
    }

    private static async Task<PrivacyErrorCode> CodeOf(Func<Task> act) => (await Assert.ThrowsAsync<PrivacyException>(act)).Code;

    private static async Task<StoredDataKey> OneAsync(IDataKeyStore store, DataKeyOwner owner) => Assert.Single(await FindAsync(store, owner));

    private static async Task<List<StoredDataKey>> FindAsync(IDataKeyStore store, DataKeyOwner owner) =>
        [.. (await store.FindAsync(TestKeys.Tenant, [owner], CancellationToken.None)).OrderBy(key => key.Version)];

    private static async Task<List<string>> AllAsync(IDataKeyStore store, TenantId? tenant = null)
    {
        var owners = new[] { Jane, Omar, DataKeyOwner.ForTenant(KeyUsage.Index) };
        var keys = await store.FindAsync(tenant ?? TestKeys.Tenant, owners, CancellationToken.None);
        return [.. keys.OrderBy(key => Array.IndexOf(owners, key.Owner)).ThenBy(key => key.Version).Select(Describe)];
    }
}
