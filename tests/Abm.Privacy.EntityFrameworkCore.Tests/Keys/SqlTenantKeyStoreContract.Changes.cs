using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Tests.Keys;

public abstract partial class SqlTenantKeyStoreContract
{
    private static readonly TenantId Globex = new("globex");

    [Fact]
    public async Task Changes_are_made_all_or_none_and_only_of_what_was_expected()
    {
        var store = Create();
        var (first, second, theirs) = (New(1), New(2, KeyState.PreActive), New(1, tenant: Globex));
        foreach (var key in new[] { first, second, theirs })
        {
            await store.AddAsync(key, default);
        }

        var demoted = first with { State = KeyState.DecryptOnly };
        var stale = second with { Wrapped = new byte[] { 9 } };
        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(first, demoted), new(stale, second with { State = KeyState.Active })], default));
        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(first, demoted), new(null, New(2))], default));
        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(first, demoted), new(theirs, theirs)], default));
        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(first, New(1))], default)); // another key id
        Assert.Equal(Describe([first, second]), Describe(await store.FindAsync(TestKeys.Tenant, default)));

        var third = New(3);
        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(second, second with { State = KeyState.Active }), new(first, demoted), new(null, third)], default));

        Assert.Equal(Describe([demoted, second with { State = KeyState.Active }, third]), Describe(await store.FindAsync(TestKeys.Tenant, default)));
        Assert.Equal(Describe([theirs]), Describe(await store.FindAsync(Globex, default)));
    }

    [Fact]
    public async Task A_destroyed_key_stays_destroyed_and_keeps_no_byte()
    {
        var store = Create();
        var key = New(1);
        await store.AddAsync(key, default);

        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(key, key with { State = KeyState.Destroyed })], default));
        Assert.False(await store.TryChangeAsync(TestKeys.Tenant, [new(key.ToTombstone(), key)], default));

        Assert.Equal(Describe([key.ToTombstone()]), Describe(await store.AddAsync(New(1), default)));
    }

    [Fact]
    public async Task Messages_are_set_aside_and_never_given_back()
    {
        var store = Create();
        var key = New(1);
        await store.AddAsync(key, default);

        Assert.Equal(100, await store.ReserveMessagesAsync(key, 100, default));
        Assert.Equal(150, await store.ReserveMessagesAsync(key, 50, default));
        Assert.Null(await store.ReserveMessagesAsync(New(2), 50, default));
        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new(key, key with { State = KeyState.DecryptOnly })], default));
        Assert.Equal(160, await store.ReserveMessagesAsync(key, 10, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.ReserveMessagesAsync(key, 0, default));
    }

    [Fact]
    public async Task Reservations_at_once_are_all_counted()
    {
        var store = Create();
        var key = New(1);
        await store.AddAsync(key, default);

        var totals = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () => await store.ReserveMessagesAsync(key, 10, default))));

        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long?)(i * 10)), totals.Order());
    }

    [Fact]
    public async Task Tenants_are_listed_page_by_page_in_byte_order()
    {
        var store = Create();
        var tenants = new[] { "a", "B", "ab", "ä", "Z", "zz" };
        foreach (var tenant in tenants)
        {
            await store.AddAsync(New(1, tenant: new TenantId(tenant)), default);
        }

        await store.AddAsync(New(2, tenant: new TenantId("a")), default);
        var pages = new List<string>();
        for (TenantId? last = null; await store.ListTenantsAsync(last, 4, default) is { Count: > 0 } page; last = page[^1])
        {
            pages.Add(string.Join(' ', page));
        }

        Assert.Equal(["B Z a ab", "zz ä"], pages);
    }

    [Fact]
    public async Task Tenant_keys_beside_data_keys_are_refused_unless_accepted()
    {
        await Database.ScalarAsync($"CREATE TABLE {DataKeyModel.KeysTable} (tenant int)");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await Create().AddAsync(New(1), default));
        Assert.Contains("acceptDataKeysBeside", error.Message, StringComparison.Ordinal);

        Assert.Single(await new SqlTenantKeyStore(NewContext, acceptDataKeysBeside: true).AddAsync(New(1), default));
    }

    [Fact]
    public async Task A_database_without_the_table_is_reported_and_works_once_it_has_one()
    {
        var store = Create();
        await Database.ScalarAsync("DROP TABLE abm_tenant_keys");

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await store.FindAsync(TestKeys.Tenant, default));
        Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);

        await using var context = NewContext();
        await context.Database.ExecuteSqlRawAsync(context.Database.GenerateCreateScript().Replace("GO", "", StringComparison.Ordinal));
        Assert.Empty(await store.FindAsync(TestKeys.Tenant, default));
    }

    [Fact]
    public async Task A_store_works_apart_from_the_ambient_transaction_of_its_caller()
    {
        using (new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled))
        {
            await Create().AddAsync(New(1), default);
        }

        Assert.True(await Create().AnyAsync(default));
    }

    protected static StoredTenantKey New(int version, KeyState state = KeyState.Active, TenantId? tenant = null) => new(
        tenant ?? TestKeys.Tenant,
        version,
        KeyMaker.NewId(),
        state,
        new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.Zero).AddTicks(version),
        System.Security.Cryptography.RandomNumberGenerator.GetBytes(79));

    private static string Describe(IEnumerable<StoredTenantKey> keys) => string.Join(
        '\n',
        keys.OrderBy(key => key.Version).Select(key => $"{key.Tenant} {key.Version} {key.KeyId} {key.State} {key.CreatedAt:O} {Convert.ToHexString(key.Wrapped.Span)} {key.MessagesReserved}"));
}
