using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Encryption;

/// <summary>What every <see cref="IDeterministicEncryptor"/> keeps. A new implementation derives a class from this one.</summary>
public abstract class DeterministicEncryptorContract : IDisposable
{
    private static readonly DeterministicField<string> Email = new("crm", "contact", "email", 1_000_000_000);
    private static readonly DeterministicField<byte[]> Bytes = new("crm", "contact", "fingerprint", 1_000_000_000);
    private readonly KeyRing _keys = TestKeys.Ring();

    protected abstract IDeterministicEncryptor Create(KeyRing keys);

    [Fact]
    public async Task What_was_encrypted_comes_back_and_equal_values_have_equal_envelopes()
    {
        var encryptor = Create(_keys);
        using var lease = await encryptor.OpenAsync(TestKeys.Tenant);
        var values = ArbMap.Default.ArbFor<byte[]>().Filter(value => value.Length > 0);

        Prop.ForAll(values, values, (left, right) =>
        {
            var (one, again, other) = (encryptor.Encrypt(lease, Bytes, left), encryptor.Encrypt(lease, Bytes, left), encryptor.Encrypt(lease, Bytes, right));
            return one.Length == left.Length + 35 && one.SequenceEqual(again)
                && left.SequenceEqual(right) == one.SequenceEqual(other)
                && encryptor.Decrypt(lease, Bytes, one).SequenceEqual(left);
        }).Check(Config.QuickThrowOnFailure.WithReplay(81, 83).WithMaxTest(500));
    }

    [Fact]
    public async Task Every_type_of_value_comes_back()
    {
        const string Waiver = "Shown in the public directory anyway.";
        await ComesBack(new DeterministicField<string>("crm", "c", "text", 1_000_000), "Łukasz Żółć 정");
        await ComesBack(new DeterministicField<int>("crm", "c", "int", 1_000_000), int.MinValue, 4);
        await ComesBack(new DeterministicField<long>("crm", "c", "long", 1_000_000), long.MaxValue, 8);
        await ComesBack(new DeterministicField<Guid>("crm", "c", "id"), Guid.Parse("7f0c0f7e-2f0f-4a7e-9d53-0f8de1f3c001"), 16);
        await ComesBack(new DeterministicField<DateOnly>("crm", "c", "birthday", waiver: Waiver), new DateOnly(1999, 12, 31), 4);
        await ComesBack(new DeterministicField<bool>("crm", "c", "flag", waiver: Waiver), true, 1);
        await ComesBack(new DeterministicField<KeyState>("crm", "c", "state", waiver: Waiver), KeyState.DecryptOnly, 8);
        await ComesBack(new DeterministicField<Unsigned>("crm", "c", "unsigned", waiver: Waiver), Unsigned.Max, 8);

        async Task ComesBack<T>(DeterministicField<T> field, T value, int? length = null)
            where T : notnull
        {
            var envelope = await Create(_keys).EncryptAsync(TestKeys.Tenant, field, value);
            Assert.Equal(length ?? envelope.Length - 35, envelope.Length - 35);
            Assert.Equal(value, await Create(_keys).DecryptAsync(TestKeys.Tenant, field, envelope));
        }
    }

    [Fact]
    public async Task One_value_differs_in_every_other_column_and_tenant()
    {
        var encryptor = Create(_keys);
        DeterministicField<string>[] fields =
        [
            Email,
            new("crn", "contact", "email", 1_000_000),
            new("crm", "lead", "email", 1_000_000),
            new("crm", "contact", "e-mail", 1_000_000),
            new("crm", "contactemail", "x", 1_000_000),
        ];
        var envelopes = new List<byte[]>();
        foreach (var tenant in (TenantId[])[TestKeys.Tenant, new("globex")])
        {
            foreach (var field in fields)
            {
                envelopes.Add(await encryptor.EncryptAsync(tenant, field, "jane@example.com"));
            }
        }

        Assert.Equal(envelopes.Count, envelopes.Select(envelope => Convert.ToHexString(envelope.AsSpan(EnvelopeHeader.Size))).Distinct().Count());
    }

    [Fact]
    public async Task Every_flipped_bit_is_the_stated_error()
    {
        var encryptor = Create(_keys);
        using var lease = await encryptor.OpenAsync(TestKeys.Tenant);
        var envelope = encryptor.Encrypt(lease, Email, "jane.doe@example.com");

        Envelopes.AssertEveryFlipIsRefused(envelope, (altered, _) => encryptor.Decrypt(lease, Email, altered).Length);
    }

    [Fact]
    public async Task Every_flipped_bit_of_the_field_is_the_stated_error()
    {
        var encryptor = Create(_keys);
        using var lease = await encryptor.OpenAsync(TestKeys.Tenant);
        var envelope = encryptor.Encrypt(lease, Email, "jane.doe@example.com");
        var others = Envelopes.FlipsOf(Email.Scope).Select(flip => new DeterministicField<string>(flip, Email.Entity, Email.Field, 1_000_000))
            .Concat(Envelopes.FlipsOf(Email.Entity).Select(flip => new DeterministicField<string>(Email.Scope, flip, Email.Field, 1_000_000)))
            .Concat(Envelopes.FlipsOf(Email.Field).Select(flip => new DeterministicField<string>(Email.Scope, Email.Entity, flip, 1_000_000)));
        foreach (var other in others)
        {
            Assert.Equal(PrivacyErrorCode.DecryptionFailed, Assert.Throws<PrivacyException>(() => encryptor.Decrypt(lease, other, envelope)).Code);
        }
    }

    [Fact]
    public async Task Another_tenants_lease_finds_no_key()
    {
        var encryptor = Create(_keys);
        var envelope = await encryptor.EncryptAsync(TestKeys.Tenant, Email, "jane.doe@example.com");
        foreach (var flip in Envelopes.FlipsOf(TestKeys.Tenant.Value))
        {
            var error = await Assert.ThrowsAsync<PrivacyException>(async () => await encryptor.DecryptAsync(new TenantId(flip), Email, envelope));
            Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
        }
    }

    [Fact]
    public async Task Random_bytes_throw_nothing_but_the_typed_error()
    {
        var encryptor = Create(_keys);
        using var lease = await encryptor.OpenAsync(TestKeys.Tenant);
        byte[][] valid = [encryptor.Encrypt(lease, Bytes, [1, 2, 3, 4, 5]), encryptor.Encrypt(lease, Bytes, new byte[100])];

        Envelopes.ForRandomBytes(valid, bytes => Assert.Throws<PrivacyException>(() => encryptor.Decrypt(lease, Bytes, bytes)));
    }

    [Fact]
    public async Task Neither_suite_opens_the_other()
    {
        var encryptor = Create(_keys);
        var randomized = new FieldEncryptor(_keys);
        using var lease = await _keys.OpenOwnersAsync(TestKeys.Tenant, [SharedKeys.Owner, DataKeyOwner.ForSubject(TestKeys.Jane)], create: true, CancellationToken.None);
        var context = new FieldContext(TestKeys.Tenant, Email.Scope, Email.Entity, Email.Field, "c-1");
        var (one, two) = (randomized.EncryptText(lease, TestKeys.Jane, context, "jane@example.com"), encryptor.Encrypt(lease, Email, "jane@example.com"));

        Assert.Equal(PrivacyErrorCode.FormatUnknown, Assert.Throws<PrivacyException>(() => encryptor.Decrypt(lease, Email, one)).Code);
        Assert.Equal(PrivacyErrorCode.FormatUnknown, Assert.Throws<PrivacyException>(() => randomized.DecryptText(lease, context, two)).Code);
        (one[1], two[1]) = (two[1], one[1]);
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, Assert.Throws<PrivacyException>(() => encryptor.Decrypt(lease, Email, one)).Code);
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, Assert.Throws<PrivacyException>(() => randomized.DecryptText(lease, context, two)).Code);
    }

    [Fact]
    public async Task An_empty_or_damaged_value_is_refused_before_a_key_is_made()
    {
        var dataKeys = new InMemoryDataKeyStore();
        using var keys = TestKeys.Ring(dataKeys);
        var encryptor = Create(keys);

        await Assert.ThrowsAsync<ArgumentException>(async () => await encryptor.EncryptAsync(TestKeys.Tenant, Email, ""));
        await Assert.ThrowsAsync<ArgumentException>(async () => await encryptor.TokensForAsync(TestKeys.Tenant, Bytes, []));
        await Assert.ThrowsAsync<ArgumentException>(async () => await encryptor.EncryptAsync(TestKeys.Tenant, Email, "a\ud800"));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await encryptor.EncryptAsync(TestKeys.Tenant, Email, null!));
        await Assert.ThrowsAsync<ArgumentException>(async () => await encryptor.EncryptAsync(TestKeys.Tenant, Bytes, new byte[(64 * 1024 * 1024) + 1]));

        Assert.False(await dataKeys.AnyAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_destination_that_does_not_fit_is_refused()
    {
        var encryptor = Create(_keys);
        using var lease = await encryptor.OpenAsync(TestKeys.Tenant);
        var buffer = new byte[45];

        Assert.Throws<ArgumentException>(() => encryptor.Encrypt(lease, Email, "0123456789", buffer.AsSpan(0, 44)));
        Assert.Throws<ArgumentException>(() => encryptor.Encrypt(lease, Bytes, buffer, buffer));
        Assert.Equal(45, encryptor.Encrypt(lease, Email, "0123456789", buffer));
    }

    [Fact]
    public async Task A_value_of_another_type_is_not_read_as_one()
    {
        var encryptor = Create(_keys);
        using var lease = await encryptor.OpenAsync(TestKeys.Tenant);
        var envelope = encryptor.Encrypt(lease, new DeterministicField<byte[]>("crm", "contact", "email", 1_000_000), [0xFF, 0x62]);

        Assert.Equal(PrivacyErrorCode.FormatUnknown, Assert.Throws<PrivacyException>(() => encryptor.Decrypt(lease, Email, envelope)).Code);
        Assert.Equal(PrivacyErrorCode.FormatUnknown, Assert.Throws<PrivacyException>(() => encryptor.Decrypt(lease, new DeterministicField<long>("crm", "contact", "email", 1_000_000), envelope)).Code);
    }

    [Fact]
    public void Tokens_come_for_every_live_key_version_the_active_one_first()
    {
        var encryptor = Create(_keys);
        var (one, two, three) = (Key(1, KeyState.DecryptOnly), Key(2, KeyState.Active), Key(3, KeyState.DecryptOnly));
        var keys = new DataKeySet(SharedKeys.Owner, [one, two, three], []);
        using var lease = new KeyLease(TestKeys.Tenant, new DestroyedKeys(), forEncryption: true);
        lease.Add(new Counted<DataKeySet>(keys));

        var tokens = encryptor.TokensFor(lease, Email, "jane@example.com");

        Assert.Equal([two.Id, three.Id, one.Id], tokens.Select(token => EnvelopeInfo.TryRead(token, out var info) ? info.KeyId : default));
        Assert.Equal(encryptor.Encrypt(lease, Email, "jane@example.com"), tokens[0]);
        Assert.All(tokens, token => Assert.Equal("jane@example.com", encryptor.Decrypt(lease, Email, token)));

        // a value that was stored before the rotation is found by one of them
        using var before = new KeyLease(TestKeys.Tenant, new DestroyedKeys(), forEncryption: true);
        before.Add(new Counted<DataKeySet>(new DataKeySet(SharedKeys.Owner, [new DataKey(SecretKey.FromBytes(one.Key.Bytes), 1, KeyState.Active)], [])));
        Assert.Equal(encryptor.Encrypt(before, Email, "jane@example.com"), tokens[2]);

        static DataKey Key(int version, KeyState state) => new(SecretKey.Generate(), version, state);
    }

    [Fact]
    public async Task A_lease_without_the_shared_key_is_a_programming_error()
    {
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);

        var error = Assert.Throws<InvalidOperationException>(() => Create(_keys).Encrypt(lease, Email, "x"));
        Assert.Contains("IDeterministicEncryptor.OpenAsync", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Create(_keys).TokensFor(lease, Email, "x"));
    }

    [Fact]
    public async Task An_erased_subject_leaves_these_values_readable_as_the_documentation_says()
    {
        var encryptor = Create(_keys);
        var envelope = await encryptor.EncryptAsync(TestKeys.Tenant, Email, "jane@example.com");

        await _keys.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]);

        Assert.Equal("jane@example.com", await encryptor.DecryptAsync(TestKeys.Tenant, Email, envelope));
    }

    [Fact]
    public async Task Encrypting_into_a_span_allocates_nothing()
    {
        var encryptor = Create(_keys);
        var ids = new DeterministicField<Guid>("crm", "contact", "id");
        using var lease = await encryptor.OpenAsync(TestKeys.Tenant);
        var (envelope, id) = (new byte[100], Guid.NewGuid());
        Work(10_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Work(1_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work(int times)
        {
            for (var i = 0; i < times; i++)
            {
                encryptor.Encrypt(lease, Email, "jane.doe@example.com", envelope);
                encryptor.Encrypt(lease, ids, id, envelope);
            }
        }
    }

    [Fact]
    public async Task Four_threads_on_one_encryptor_never_get_a_wrong_value()
    {
        var encryptor = Create(_keys);
        using var lease = await encryptor.OpenAsync(TestKeys.Tenant);
        var values = Enumerable.Range(0, 97).Select(i => Enumerable.Range(0, i + 1).Select(j => (byte)(i ^ j)).ToArray()).ToList();
        var expected = values.ConvertAll(value => encryptor.Encrypt(lease, Bytes, value));
        var rounds = Soak.IsOn ? 1_250_000 : 25_000; // four threads, two operations a round
        var wrong = 0;
        var threads = Enumerable.Range(0, 4).Select(thread => new Thread(() =>
        {
            var envelope = new byte[200];
            for (var i = 0; i < rounds; i++)
            {
                var at = (i + thread) % values.Count;
                var length = encryptor.Encrypt(lease, Bytes, values[at], envelope);
                if (!envelope.AsSpan(0, length).SequenceEqual(expected[at]) || !encryptor.Decrypt(lease, Bytes, expected[at]).AsSpan().SequenceEqual(values[at]))
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

    private enum Unsigned : ulong
    {
        None = 0,
        Max = ulong.MaxValue,
    }
}
