using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

/// <summary>What every <see cref="ITenantKeyStore"/> keeps. A new store derives a class from this one.</summary>
public abstract class TenantKeyStoreContract
{
    private static readonly TenantId Other = new("globex");

    protected abstract ITenantKeyStore Create();

    [Fact]
    public async Task What_was_added_is_found_again_by_its_tenant_alone()
    {
        var store = Create();
        Assert.False(await store.AnyAsync(CancellationToken.None));
        var (mine, theirs) = (NewKey(TestKeys.Tenant), NewKey(new TenantId("globex")));

        await store.AddAsync(mine, CancellationToken.None);
        await store.AddAsync(theirs, CancellationToken.None);

        var found = Assert.Single(await store.FindAsync(TestKeys.Tenant, CancellationToken.None));
        Assert.Equal((mine.KeyId, mine.Version, mine.State, mine.CreatedAt), (found.KeyId, found.Version, found.State, found.CreatedAt));
        Assert.True(found.Wrapped.Span.SequenceEqual(mine.Wrapped.Span));
        Assert.True(await store.AnyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Concurrent_first_writes_for_one_tenant_end_with_one_key()
    {
        var store = Create();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            Assert.Single(await store.AddAsync(NewKey(TestKeys.Tenant), CancellationToken.None)).KeyId)));

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task A_change_is_made_if_every_key_is_as_it_was_read()
    {
        var store = Create();
        var first = NewKey(TestKeys.Tenant);
        await store.AddAsync(first, CancellationToken.None);
        var next = NewKey(TestKeys.Tenant, 2) with { MessagesReserved = 7 };

        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(first, first with { State = KeyState.DecryptOnly, Wrapped = new byte[] { 9 } }), new(null, next)], CancellationToken.None));

        Assert.Equal(
            new[] { first with { State = KeyState.DecryptOnly, Wrapped = new byte[] { 9 } }, next }.Select(Describe),
            await AllAsync(store, TestKeys.Tenant));
    }

    [Theory]
    [InlineData("state")]
    [InlineData("wrapped")]
    [InlineData("id")]
    [InlineData("tenant")]
    [InlineData("absent")]
    [InlineData("present")]
    public async Task A_change_with_one_key_that_is_not_as_it_was_read_changes_nothing(string fault)
    {
        var store = Create();
        var first = NewKey(TestKeys.Tenant);
        await store.AddAsync(first, CancellationToken.None);
        var before = await AllAsync(store, TestKeys.Tenant);
        TenantKeyChange stale = fault switch
        {
            "state" => new(first with { State = KeyState.DecryptOnly }, first with { State = KeyState.Disabled }),
            "wrapped" => new(first with { Wrapped = new byte[] { 9 } }, first with { State = KeyState.Disabled }),
            "id" => new(first, NewKey(TestKeys.Tenant)),
            "tenant" => new(first, first with { Tenant = Other, State = KeyState.Disabled }),
            "absent" => new(NewKey(TestKeys.Tenant, 3), NewKey(TestKeys.Tenant, 3)),
            _ => new(null, first with { State = KeyState.Disabled }),
        };

        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(null, NewKey(TestKeys.Tenant, 2)), stale], CancellationToken.None));

        Assert.Equal(before, await AllAsync(store, TestKeys.Tenant));
    }

    [Fact]
    public async Task A_destroyed_key_leaves_a_tombstone_that_nobody_changes()
    {
        var store = Create();
        var first = NewKey(TestKeys.Tenant);
        await store.AddAsync(first, CancellationToken.None);

        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(first, first.ToTombstone())], CancellationToken.None));

        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(first, first with { State = KeyState.DecryptOnly })], CancellationToken.None));
        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(first.ToTombstone(), first)], CancellationToken.None));
        Assert.Equal([Describe(first.ToTombstone())], await AllAsync(store, TestKeys.Tenant));
    }

    [Fact]
    public async Task Of_concurrent_changes_exactly_one_is_made()
    {
        var store = Create();
        var first = NewKey(TestKeys.Tenant);
        await store.AddAsync(first, CancellationToken.None);

        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () => await store.TryChangeAsync(
            TestKeys.Tenant, [new(first, first with { State = KeyState.DecryptOnly }), new(null, NewKey(TestKeys.Tenant, 2))], CancellationToken.None))));

        Assert.Single(made, true);
        Assert.Equal(2, (await store.FindAsync(TestKeys.Tenant, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_version_that_stands_is_not_replaced_by_an_addition()
    {
        var store = Create();
        var first = NewKey(TestKeys.Tenant);
        await store.AddAsync(first, CancellationToken.None);

        var stored = await store.AddAsync(NewKey(TestKeys.Tenant), CancellationToken.None);

        Assert.Equal(first.KeyId, Assert.Single(stored).KeyId);
    }

    [Fact]
    public async Task Tenants_are_listed_page_by_page_in_ordinal_order()
    {
        var store = Create();
        string[] names = ["b", "B", "a-1", "é", "a"];
        foreach (var name in names)
        {
            await store.AddAsync(NewKey(new TenantId(name)), CancellationToken.None);
            await store.TryChangeAsync(new TenantId(name), [new(null, NewKey(new TenantId(name), 2))], CancellationToken.None);
        }

        var listed = new List<TenantId>();
        while (await store.ListTenantsAsync(listed.Count == 0 ? null : listed[^1], 2, CancellationToken.None) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 2);
            listed.AddRange(page);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), listed.Select(tenant => tenant.Value));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.ListTenantsAsync(null, 0, CancellationToken.None));
    }

    [Fact]
    public async Task Wrappings_that_are_set_aside_add_up_and_change_nothing_else()
    {
        var store = Create();
        var (first, theirs) = (NewKey(TestKeys.Tenant), NewKey(Other));
        await store.AddAsync(first, CancellationToken.None);
        await store.AddAsync(theirs, CancellationToken.None);

        var totals = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () => await store.ReserveMessagesAsync(first, 10, CancellationToken.None))));
        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(first, first with { State = KeyState.DecryptOnly })], CancellationToken.None));

        Assert.Equal(Enumerable.Range(1, 16).Select(i => (long?)(10 * i)), totals.Order());
        Assert.Equal([Describe(first with { State = KeyState.DecryptOnly, MessagesReserved = 160 })], await AllAsync(store, TestKeys.Tenant));
        Assert.Equal([Describe(theirs)], await AllAsync(store, Other));
        Assert.Null(await store.ReserveMessagesAsync(NewKey(TestKeys.Tenant, 5), 10, CancellationToken.None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.ReserveMessagesAsync(first, 0, CancellationToken.None));
    }

    private static StoredTenantKey NewKey(TenantId tenant, int version = 1)
    {
        using var key = SecretKey.Generate();
        return new StoredTenantKey(tenant, version, key.Id, KeyState.Active, new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.Zero), new byte[] { 1, 2, 3 });
    }

    private static string Describe(StoredTenantKey key) =>
        $"{key.Tenant.Value} {key.Version} {key.KeyId} {key.State} {key.CreatedAt:O} {key.MessagesReserved} {Convert.ToHexString(key.Wrapped.Span)}";

    private static async Task<IEnumerable<string>> AllAsync(ITenantKeyStore store, TenantId tenant) =>
        (await store.FindAsync(tenant, CancellationToken.None)).OrderBy(key => key.Version).Select(Describe);
}
