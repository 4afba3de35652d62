using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Tests.Keys;

public abstract partial class SqlDataKeyStoreContract
{
    [Fact]
    public void Every_sequence_of_calls_is_answered_as_by_the_tables_in_memory()
    {
        var soak = Soak.IsOn;
        var store = Create();
        Prop.ForAll(Gen.Choose(0, 9_999).ArrayOf(900).ToArbitrary(), numbers =>
        {
            ClearAsync().GetAwaiter().GetResult();
            new StoreScript(new InMemoryDataKeyStore(), store, numbers).RunAsync().GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithReplay(815, 4711).WithMaxTest(soak ? 500 : 20));
    }

    [Fact]
    public async Task Work_on_one_tenant_leaves_the_rows_of_another_with_the_same_subjects_as_they_are()
    {
        var (mine, theirs) = (TestKeys.Tenant, new TenantId("globex"));
        var (first, second) = (KeyMaker.NewId(), KeyMaker.NewId());
        var store = Create();
        var owners = Enumerable.Range(0, 20).Select(KeyMaker.Subject).Append(DataKeyOwner.ForTenant(KeyUsage.Index)).ToList();
        await store.AddAsync(mine, owners.ConvertAll(owner => KeyMaker.New(owner, first)), default);
        await store.AddAsync(theirs, owners.ConvertAll(owner => KeyMaker.New(owner, first)), default);
        await store.ReserveMessagesAsync(theirs, [new(owners[0], 1)], 1024, default);
        var before = await DumpAsync(theirs);

        var stored = await store.FindAsync(mine, owners, default);
        Assert.True(await store.TryChangeAsync(mine, stored.Select(key => new DataKeyChange(key, key with { Wrapped = KeyMaker.Wrapped(second) })).ToList(), default));
        await store.ReserveMessagesAsync(mine, owners.ConvertAll(owner => new DataKeyVersion(owner, 1)), 512, default);
        await store.FenceAsync(mine, first, default);
        await store.DestroyAsync(mine, owners, default);

        Assert.Equal(before, await DumpAsync(theirs));
        Assert.Equal(0, await store.CountNotWrappedByAsync(theirs, first, default));
        await store.AddAsync(theirs, [KeyMaker.New(KeyMaker.Subject(99), first)], default); // their tenant key is not fenced
    }

    [Fact]
    public async Task An_owner_with_any_version_gets_no_first_key()
    {
        var (store, wrapper) = (Create(), KeyMaker.NewId());
        var second = KeyMaker.New(KeyMaker.Subject(1), wrapper, version: 2);
        Assert.True(await store.TryChangeAsync(TestKeys.Tenant, [new DataKeyChange(null, second)], default));

        var answer = await store.AddAsync(TestKeys.Tenant, [KeyMaker.New(KeyMaker.Subject(1), wrapper)], default);

        Assert.Equal(KeyMaker.Describe([second]), KeyMaker.Describe(answer));
    }

    [Fact]
    public async Task Two_thousand_owners_are_found_in_one_call()
    {
        var store = Create();
        var keys = KeyMaker.NewMany(2000, KeyMaker.NewId());
        await store.AddAsync(TestKeys.Tenant, keys, default);

        var found = await store.FindAsync(TestKeys.Tenant, keys.ConvertAll(key => key.Owner), default);

        Assert.Equal(KeyMaker.Describe(keys), KeyMaker.Describe(found));
    }

    [Fact]
    public async Task Destroyed_rows_keep_no_wrapped_byte()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, KeyMaker.NewMany(3, KeyMaker.NewId()), default);

        await store.DestroyAsync(TestKeys.Tenant, [KeyMaker.Subject(0), KeyMaker.Subject(1)], default);

        Assert.Equal(2L, await Database.ScalarAsync($"SELECT count(*) FROM {DataKeyModel.KeysTable} WHERE state = 5 AND length(wrapped) = 0 AND wrapped_by IS NULL"));
        Assert.Equal(1L, await Database.ScalarAsync($"SELECT count(*) FROM {DataKeyModel.KeysTable} WHERE state = 2 AND length(wrapped) = 79"));
    }

    [Theory]
    [InlineData("state = 9")]
    [InlineData("key_id = 'short'")]
    [InlineData("usage = 3")]
    [InlineData("wrapped_by = NULL, wrapped = ''")]
    public async Task A_row_that_was_altered_is_reported_and_never_taken_for_a_key(string change)
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, KeyMaker.NewMany(1, KeyMaker.NewId()), default);
        await Database.ScalarAsync($"UPDATE {DataKeyModel.KeysTable} SET {change}");

        var error = await Assert.ThrowsAsync<PrivacyException>(async () =>
            await store.FindAsync(TestKeys.Tenant, [KeyMaker.Subject(0), DataKeyOwner.ForTenant(KeyUsage.Index)], default));

        Assert.Equal(PrivacyErrorCode.KeyStoreDamaged, error.Code);
    }

    [Fact]
    public async Task An_id_that_no_database_text_can_hold_is_refused()
    {
        var owner = DataKeyOwner.ForSubject(new SubjectId("a\0b"));

        await Assert.ThrowsAsync<ArgumentException>(async () => await Create().FindAsync(TestKeys.Tenant, [owner], default));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Create().AddAsync(TestKeys.Tenant, [KeyMaker.New(owner, KeyMaker.NewId())], default));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Create().AnyAsync(new TenantId("a\0b"), default));
    }

    [Fact]
    public async Task A_context_without_the_tables_is_told_what_to_call()
    {
        var store = new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() => new DbContext(Database.OptionsFor<DbContext>()))));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.AnyAsync(null, default));

        Assert.Contains("UseAbmPrivacy()", error.Message, StringComparison.Ordinal);
    }

    private async Task ClearAsync()
    {
        await Database.ScalarAsync($"DELETE FROM {DataKeyModel.KeysTable}");
        await Database.ScalarAsync($"DELETE FROM {DataKeyModel.GatesTable}");
    }

    private async Task<string> DumpAsync(TenantId tenant)
    {
        var lines = new List<string>();
        foreach (var table in new[] { DataKeyModel.KeysTable, DataKeyModel.GatesTable })
        {
            var rows = await Database.RowsAsync($"SELECT * FROM {table} WHERE tenant = '{tenant.Value}'");
            lines.AddRange(rows.Select(row => string.Join('|', row.Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}"))));
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }
}
