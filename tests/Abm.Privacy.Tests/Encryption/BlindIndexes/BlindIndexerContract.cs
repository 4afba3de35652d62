using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Encryption.BlindIndexes.TestIndexes;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

/// <summary>What every <see cref="IBlindIndexer"/> keeps. A new implementation derives a class from this one.</summary>
public abstract class BlindIndexerContract : IDisposable
{
    private static readonly EmailAddress Jane = Email("jane.doe@example.com");
    private readonly KeyRing _keys = TestKeys.Ring();

    protected abstract IBlindIndexer Create(KeyRing keys);

    [Fact]
    public async Task One_mailbox_has_one_value_however_it_is_written()
    {
        var indexer = Create(_keys);
        using var lease = await indexer.OpenAsync(TestKeys.Tenant);

        var value = Compute(indexer, lease, ByEmail, Jane);

        Assert.Equal(value, Compute(indexer, lease, ByEmail, Email("  Jane.DOE@EXAMPLE.com ")));
        Assert.Equal(value, await indexer.ComputeAsync(TestKeys.Tenant, ByEmail, Jane));
        Assert.NotEqual(value, Compute(indexer, lease, ByEmail, Email("jane.doe+news@example.com")));
    }

    [Fact]
    public async Task A_stored_value_is_among_the_values_to_search_for()
    {
        var indexer = Create(_keys);
        using var lease = await indexer.OpenAsync(TestKeys.Tenant);
        var stored = Compute(indexer, lease, ByEmail, Jane);

        Assert.Equal([stored], indexer.TokensFor(lease, ByEmail.Find(Jane)));
        Assert.Equal([stored], await indexer.TokensForAsync(TestKeys.Tenant, ByEmail.Find(Jane)));
        var all = new byte[indexer.CountKeyVersions(lease) * ByEmail.Size];
        Assert.Equal(1, indexer.ComputeAll(lease, ByEmail, Jane, all));
        Assert.Equal(stored, all);
    }

    [Fact]
    public async Task A_part_finds_the_values_that_have_it()
    {
        var indexer = Create(_keys);
        using var lease = await indexer.OpenAsync(TestKeys.Tenant);

        Assert.Equal([Compute(indexer, lease, ByDomain, Jane)], indexer.TokensFor(lease, ByDomain.FindPart(DomainName.Parse("Example.com."))));
        Assert.Equal([Compute(indexer, lease, ByLast4, E164Phone.Parse("+49 30 9018 20"))], indexer.TokensFor(lease, ByLast4.FindPart("1820")));
        Assert.NotEqual([Compute(indexer, lease, ByDomain, Jane)], indexer.TokensFor(lease, ByDomain.FindPart(DomainName.Parse("example.org"))));
    }

    [Fact]
    public async Task Every_word_finds_a_name_and_their_order_does_not_show()
    {
        var indexer = Create(_keys);
        using var lease = await indexer.OpenAsync(TestKeys.Tenant);
        var stored = indexer.ComputeSet(lease, ByWords, "Acme Software GmbH, software");

        Assert.Equal(3, stored.Count);
        Assert.Equal(stored, indexer.ComputeSet(lease, ByWords, "GMBH software ACME"));
        var query = ByWords.Find("software acme");
        Assert.Equal(2, query.TermCount);
        Assert.All([0, 1], term => Assert.Contains(indexer.TokensFor(lease, query, term).Single(), stored));
        Assert.DoesNotContain(indexer.TokensFor(lease, ByWords.Find("soft")).Single(), stored);
        Assert.Empty(indexer.ComputeSet(lease, ByWords, " -- "));
    }

    [Fact]
    public void While_values_are_re_keyed_every_live_version_is_searched_and_the_active_one_stored()
    {
        var indexer = Create(_keys);
        using var lease = IndexLeases.Of((1, KeyState.DecryptOnly), (4, KeyState.Disabled), (3, KeyState.Active), (2, KeyState.DecryptOnly), (5, KeyState.Destroyed));
        byte[][] byVersion = [.. Enumerable.Range(1, 3).Reverse().Select(version =>
        {
            using var alone = IndexLeases.Of((version, KeyState.Active));
            return Compute(indexer, alone, ByEmail, Jane);
        })];

        Assert.Equal(3, byVersion.Distinct(ByteArrays.Comparer).Count());
        Assert.Equal(3, indexer.CountKeyVersions(lease));
        Assert.Equal(3, indexer.GetKeyVersion(lease));
        Assert.Equal(byVersion, indexer.TokensFor(lease, ByEmail.Find(Jane)));
        Assert.Equal(byVersion[0], Compute(indexer, lease, ByEmail, Jane));
        var all = new byte[3 * ByEmail.Size];
        Assert.Equal(3, indexer.ComputeAll(lease, ByEmail, Jane, all));
        Assert.Equal(byVersion.SelectMany(value => value), all);
    }

    [Fact]
    public void Without_an_active_key_old_values_are_still_found_and_nothing_is_stored()
    {
        var indexer = Create(_keys);
        using var lease = IndexLeases.Of((1, KeyState.DecryptOnly), (2, KeyState.Disabled));
        using var first = IndexLeases.Of((1, KeyState.Active));

        Assert.Equal([Compute(indexer, first, ByEmail, Jane)], indexer.TokensFor(lease, ByEmail.Find(Jane)));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, Assert.Throws<PrivacyException>(() => Compute(indexer, lease, ByEmail, Jane)).Code);
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, Assert.Throws<PrivacyException>(() => indexer.GetKeyVersion(lease)).Code);
    }

    [Theory]
    [InlineData(KeyState.Disabled, PrivacyErrorCode.KeyUnavailable)]
    [InlineData(KeyState.PreActive, PrivacyErrorCode.KeyUnavailable)]
    [InlineData(KeyState.Destroyed, PrivacyErrorCode.SubjectErased)]
    public void A_disabled_or_destroyed_key_computes_nothing(KeyState state, PrivacyErrorCode expected)
    {
        var indexer = Create(_keys);
        using var lease = IndexLeases.Of((1, state));
        var destination = new byte[ByEmail.Size];

        Action[] uses =
        [
            () => indexer.Compute(lease, ByEmail, Jane, destination),
            () => indexer.ComputeAll(lease, ByEmail, Jane, destination),
            () => indexer.ComputeSet(lease, ByWords, "acme"),
            () => indexer.TokensFor(lease, ByEmail.Find(Jane)),
            () => indexer.CountKeyVersions(lease),
            () => indexer.GetKeyVersion(lease),
        ];

        Assert.All(uses, use => Assert.Equal(expected, Assert.Throws<PrivacyException>(use).Code));
        Assert.All(destination, b => Assert.Equal(0, b));
    }

    [Fact]
    public async Task A_tenant_whose_index_root_was_destroyed_stores_and_finds_nothing()
    {
        var (dataKeys, tenantKeys) = (new InMemoryDataKeyStore(), new InMemoryTenantKeyStore());
        using var root = new VolatileRootKeyProvider();
        using var keys = TestKeys.Ring(dataKeys, tenantKeys, root, options: new KeyRingOptions { CacheLifetime = TimeSpan.Zero });
        var indexer = Create(keys);
        await indexer.ComputeAsync(TestKeys.Tenant, ByEmail, Jane);

        await dataKeys.DestroyAsync(TestKeys.Tenant, [IndexLeases.Owner], CancellationToken.None);

        var store = await Assert.ThrowsAsync<PrivacyException>(async () => await indexer.ComputeAsync(TestKeys.Tenant, ByEmail, Jane));
        var search = await Assert.ThrowsAsync<PrivacyException>(async () => await indexer.TokensForAsync(TestKeys.Tenant, ByEmail.Find(Jane)));
        Assert.Equal((PrivacyErrorCode.SubjectErased, PrivacyErrorCode.SubjectErased), (store.Code, search.Code));
    }

    [Fact]
    public void An_index_root_that_is_destroyed_while_a_lease_is_open_computes_nothing_more()
    {
        var indexer = Create(_keys);
        var destroyed = new DestroyedKeys();
        var root = IndexLeases.Root(1);
        using var lease = new KeyLease(TestKeys.Tenant, destroyed, forEncryption: true);
        lease.Add(new Counted<DataKeySet>(new DataKeySet(IndexLeases.Owner, [new DataKey(root, 1, KeyState.Active)], [])));
        Compute(indexer, lease, ByEmail, Jane);

        destroyed.Add(root.Id);

        Assert.Equal(PrivacyErrorCode.SubjectErased, Assert.Throws<PrivacyException>(() => Compute(indexer, lease, ByEmail, Jane)).Code);
        Assert.Equal(PrivacyErrorCode.SubjectErased, Assert.Throws<PrivacyException>(() => indexer.TokensFor(lease, ByEmail.Find(Jane))).Code);
    }

    [Fact]
    public async Task No_other_key_of_the_tenant_serves_as_an_index_key()
    {
        var indexer = Create(_keys);
        DataKeyOwner[] others =
        [
            DataKeyOwner.ForSubject(TestKeys.Jane), DataKeyOwner.ForTenant(KeyUsage.Shared), DataKeyOwner.ForTenant(KeyUsage.Token), DataKeyOwner.ForTenant(KeyUsage.Pseudonym),
        ];

        foreach (var other in others)
        {
            using var lease = await _keys.OpenOwnersAsync(TestKeys.Tenant, [other], create: true, CancellationToken.None);
            Assert.Throws<InvalidOperationException>(() => Compute(indexer, lease, ByEmail, Jane));
            Assert.Throws<InvalidOperationException>(() => indexer.TokensFor(lease, ByEmail.Find(Jane)));
        }
    }

    [Fact]
    public async Task A_lease_of_many_owners_serves_when_the_index_root_is_among_them()
    {
        var indexer = Create(_keys);
        using var lease = await _keys.OpenOwnersAsync(TestKeys.Tenant, [DataKeyOwner.ForSubject(TestKeys.Jane), IndexLeases.Owner], create: true, CancellationToken.None);

        Assert.Equal(await indexer.ComputeAsync(TestKeys.Tenant, ByEmail, Jane), Compute(indexer, lease, ByEmail, Jane));
    }

    [Fact]
    public async Task Erasing_a_person_leaves_index_values_as_they_are()
    {
        // they are the tenant's, so they are deleted with the record and not with the key
        var indexer = Create(_keys);
        var before = await indexer.ComputeAsync(TestKeys.Tenant, ByEmail, Jane);
        using (await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]))
        {
        }

        await _keys.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]);

        Assert.Equal(before, await indexer.ComputeAsync(TestKeys.Tenant, ByEmail, Jane));
    }

    [Fact]
    public async Task A_search_in_a_tenant_that_stored_nothing_finds_nothing_and_makes_no_key()
    {
        var store = new InMemoryDataKeyStore();
        using var keys = TestKeys.Ring(store);

        Assert.Empty(await Create(keys).TokensForAsync(TestKeys.Tenant, ByEmail.Find(Jane)));
        Assert.False(await store.AnyAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task An_ended_lease_an_unset_value_and_a_small_destination_are_programming_errors()
    {
        var indexer = Create(_keys);
        var lease = await indexer.OpenAsync(TestKeys.Tenant);
        var query = ByEmail.Find(Jane);

        Assert.Throws<InvalidOperationException>(() => Compute(indexer, lease, ByEmail, default));
        Assert.Throws<ArgumentException>(() => indexer.Compute(lease, ByEmail, Jane, new byte[ByEmail.Size - 1]));
        Assert.Throws<ArgumentException>(() => indexer.ComputeAll(lease, ByEmail, Jane, new byte[ByEmail.Size - 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => indexer.TokensFor(lease, query, 1));
        Assert.Throws<ArgumentNullException>(() => Compute(indexer, lease, ByNamePrefix, null!));
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Compute(indexer, lease, ByEmail, Jane));
        Assert.Throws<ObjectDisposedException>(() => indexer.TokensFor(lease, query));
    }

    [Fact]
    public async Task A_value_that_holds_nothing_is_refused_and_damaged_text_too()
    {
        var indexer = Create(_keys);
        using var lease = await indexer.OpenAsync(TestKeys.Tenant);

        Assert.All(["", "   ", "\u00AD", "\t\n"], text =>
            Assert.Equal(PrivacyErrorCode.IdentifierInvalid, Assert.Throws<PrivacyException>(() => Compute(indexer, lease, ByNamePrefix, text)).Code));
        Assert.All(["jane\ud800", "\udc00jane", "j\ud800ane"], text => Assert.ThrowsAny<ArgumentException>(() => Compute(indexer, lease, ByNamePrefix, text)));
        Assert.Equal(PrivacyErrorCode.IdentifierInvalid, Assert.Throws<PrivacyException>(() => ByWords.Find("--")).Code);
    }

    [Fact]
    public async Task Long_values_and_names_fit()
    {
        var indexer = Create(_keys);
        var name = string.Concat(Enumerable.Repeat("正", 42)); // 126 bytes
        var index = new BlindIndex<string>(name, name, name, BlindIndexTransforms.Text, BlindIndexDefinition.MaxBits);
        using var lease = await indexer.OpenAsync(new TenantId(name));

        Assert.Equal(32, Compute(indexer, lease, index, string.Concat(Enumerable.Repeat("Ǆ ", 5_000))).Length);
    }

    [Fact]
    public async Task The_span_forms_allocate_nothing()
    {
        var indexer = Create(_keys);
        using var lease = await indexer.OpenAsync(TestKeys.Tenant);
        var phone = E164Phone.Parse("+4930901820");
        var destination = new byte[64];
        Work(10_000); // past the compiler's tiers

        var before = GC.GetAllocatedBytesForCurrentThread();
        Work(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work(int times)
        {
            for (var i = 0; i < times; i++)
            {
                indexer.Compute(lease, ByEmail, Jane, destination);
                indexer.ComputeAll(lease, ByEmail, Jane, destination);
                indexer.Compute(lease, ByDomain, Jane, destination);
                indexer.Compute(lease, ByLast4, phone, destination);
                indexer.Compute(lease, ByNamePrefix, "Jane Doe", destination);
                indexer.CountKeyVersions(lease);
            }
        }
    }

    [Fact]
    public async Task Four_threads_on_one_index_never_get_a_wrong_value()
    {
        var indexer = Create(_keys);
        using var lease = await indexer.OpenAsync(TestKeys.Tenant);
        var operations = Soak.IsOn ? 1_250_000 : 25_000;
        EmailAddress[] people = [.. Enumerable.Range(0, 8).Select(i => Email($"person{i}@example.com"))];
        byte[][] expected = [.. people.Select(person => Compute(indexer, lease, ByEmail, person))];
        var wrong = 0;
        var threads = Enumerable.Range(0, 4).Select(thread => new Thread(() =>
        {
            var destination = new byte[ByEmail.Size];
            for (var i = 0; i < operations; i++)
            {
                var person = (i + thread) % people.Length;
                indexer.Compute(lease, ByEmail, people[person], destination);
                if (!destination.AsSpan().SequenceEqual(expected[person]))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(0, wrong);
    }

    public void Dispose()
    {
        _keys.Dispose();
        GC.SuppressFinalize(this);
    }

    private static byte[] Compute<TValue>(IBlindIndexer indexer, KeyLease lease, BlindIndex<TValue> index, TValue value)
        where TValue : notnull
    {
        var destination = new byte[index.Size + 1]; // one byte more, which must stay as it is
        destination[^1] = 0x5A;
        Assert.Equal(index.Size, indexer.Compute(lease, index, value, destination));
        Assert.Equal(0x5A, destination[^1]);
        return destination[..^1];
    }
}
