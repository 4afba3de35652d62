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

    internal static StoredDataKey NewKey(DataKeyOwner owner)
    {
        using var key = SecretKey.Generate();
        using var wrapping = new WrappingKey(SecretKey.Generate());
        return new StoredDataKey(
            owner, 1, key.Id, KeyState.Active, new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.Zero), KeyWrap.WrapDataKey(wrapping, TestKeys.Tenant, owner, key));
    }

    internal static string Describe(StoredDataKey key) =>
        $"{key.Owner.Usage} {key.Owner.Subject?.Value} {key.Version} {key.KeyId} {key.State} {key.CreatedAt:O} {Convert.ToHexString(key.Wrapped.Span)}";
}
