using System.Text;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Encryption;

/// <summary>What every <see cref="IFieldEncryptor"/> keeps. A new implementation derives a class from this one.</summary>
public abstract partial class FieldEncryptorContract : IDisposable
{
    private static readonly FieldContext Email = new(TestKeys.Tenant, "crm", "contact", "email", "c-1");
    private readonly KeyRing _keys = TestKeys.Ring();

    protected abstract IFieldEncryptor Create(KeyRing keys);

    [Fact]
    public async Task What_was_encrypted_comes_back()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);

        Prop.ForAll<byte[]>(plaintext =>
        {
            var envelope = Seal(encryptor, lease, plaintext);
            var opened = new byte[encryptor.GetPlaintextLength(envelope)];
            return encryptor.Decrypt(lease, Email, envelope, opened) == plaintext.Length && opened.SequenceEqual(plaintext);
        }).Check(Config.QuickThrowOnFailure.WithReplay(31, 33).WithMaxTest(500));
    }

    [Fact]
    public async Task The_one_call_form_and_the_span_form_open_each_others_envelopes()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);

        var first = encryptor.EncryptText(lease, TestKeys.Jane, Email, "jane@example.com 🦊");
        var second = await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "jane@example.com 🦊");

        Assert.Equal("jane@example.com 🦊", await encryptor.DecryptTextAsync(TestKeys.Jane, Email, first));
        Assert.Equal("jane@example.com 🦊", encryptor.DecryptText(lease, Email, second));
    }

    [Fact]
    public async Task Equal_values_give_different_envelopes()
    {
        var encryptor = Create(_keys);

        var envelopes = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            envelopes.Add(EnvelopeText.Encode(await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "same")));
        }

        Assert.Equal(100, envelopes.Distinct().Count());
    }

    [Fact]
    public async Task A_value_opens_in_no_other_context()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var envelope = Seal(encryptor, lease, "jane.doe@example.com"u8);
        FieldContext[] others =
        [
            new(TestKeys.Tenant, "crn", "contact", "email", "c-1"),
            new(TestKeys.Tenant, "crm", "contacts", "email", "c-1"),
            new(TestKeys.Tenant, "crm", "contact", "e-mail", "c-1"),
            new(TestKeys.Tenant, "crm", "contact", "email", "c-2"),
            new(TestKeys.Tenant, "crm", "contactemail", "email", "c-1"),
        ];

        foreach (var other in others)
        {
            var error = Assert.Throws<PrivacyException>(() => encryptor.DecryptText(lease, other, envelope));
            Assert.Equal(PrivacyErrorCode.DecryptionFailed, error.Code);
        }
    }

    [Fact]
    public async Task Another_tenants_context_or_lease_finds_no_key()
    {
        var encryptor = Create(_keys);
        var other = new TenantId("globex");
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        using var otherLease = await _keys.OpenAsync(other, [TestKeys.Jane]);
        var envelope = Seal(encryptor, lease, "x"u8);
        var otherContext = new FieldContext(other, "crm", "contact", "email", "c-1");

        Assert.Equal(PrivacyErrorCode.KeyUnavailable, Assert.Throws<PrivacyException>(() => encryptor.DecryptText(lease, otherContext, envelope)).Code);
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, Assert.Throws<PrivacyException>(() => encryptor.DecryptText(otherLease, otherContext, envelope)).Code);
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, Assert.Throws<PrivacyException>(() => encryptor.EncryptText(lease, TestKeys.Jane, otherContext, "x")).Code);
    }

    [Fact]
    public async Task A_cut_envelope_never_opens()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var envelope = Seal(encryptor, lease, "jane.doe@example.com"u8);

        for (var length = 0; length < envelope.Length; length++)
        {
            var error = Assert.Throws<PrivacyException>(() => encryptor.DecryptText(lease, Email, envelope.AsSpan(0, length)));
            Assert.Contains(error.Code, new[] { PrivacyErrorCode.FormatUnknown, PrivacyErrorCode.DecryptionFailed });
        }
    }

    [Fact]
    public async Task A_destination_that_does_not_fit_is_refused()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var buffer = new byte[200];
        var length = encryptor.GetEnvelopeLength(10);

        Assert.Throws<ArgumentException>(() => encryptor.Encrypt(lease, TestKeys.Jane, Email, new byte[10], new byte[length - 1]));
        Assert.Throws<ArgumentException>(() => encryptor.Encrypt(lease, TestKeys.Jane, Email, buffer.AsSpan(0, 10), buffer));
        var envelope = Seal(encryptor, lease, new byte[10]);
        Assert.Throws<ArgumentException>(() => encryptor.Decrypt(lease, Email, envelope, new byte[9]));
        Assert.Throws<ArgumentException>(() => encryptor.Decrypt(lease, Email, envelope, envelope));
    }

    [Fact]
    public async Task A_subject_outside_the_lease_is_a_programming_error()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);

        Assert.Throws<InvalidOperationException>(() => encryptor.EncryptText(lease, TestKeys.Omar, Email, "x"));
    }

    [Fact]
    public async Task An_ended_lease_opens_nothing()
    {
        var encryptor = Create(_keys);
        var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var envelope = Seal(encryptor, lease, "x"u8);
        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => encryptor.DecryptText(lease, Email, envelope));
    }

    [Fact]
    public async Task An_erased_subject_says_so_and_not_that_the_value_was_altered()
    {
        var encryptor = Create(_keys);
        var envelope = await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "jane.doe@example.com");

        await _keys.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]);

        var read = await Assert.ThrowsAsync<PrivacyException>(async () => await encryptor.DecryptTextAsync(TestKeys.Jane, Email, envelope));
        var write = await Assert.ThrowsAsync<PrivacyException>(async () => await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "again"));
        Assert.Equal(PrivacyErrorCode.SubjectErased, read.Code);
        Assert.Equal(PrivacyErrorCode.SubjectErased, write.Code);
    }

    [Fact]
    public async Task An_erased_subject_is_erased_in_open_leases_too()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane, TestKeys.Omar]);
        var (jane, omar) = (Seal(encryptor, lease, "x"u8), encryptor.EncryptText(lease, TestKeys.Omar, Email, "y"));

        await _keys.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]);

        Assert.Equal(PrivacyErrorCode.SubjectErased, Assert.Throws<PrivacyException>(() => encryptor.DecryptText(lease, Email, jane)).Code);
        Assert.Equal(PrivacyErrorCode.SubjectErased, Assert.Throws<PrivacyException>(() => encryptor.EncryptText(lease, TestKeys.Jane, Email, "again")).Code);
        Assert.Equal("y", encryptor.DecryptText(lease, Email, omar));
    }

    [Fact]
    public async Task Ending_a_lease_while_it_is_used_never_gives_a_value_that_its_key_does_not_open()
    {
        var (dataKeys, tenantKeys) = (new InMemoryDataKeyStore(), new InMemoryTenantKeyStore());
        using var root = new VolatileRootKeyProvider();
        using var keys = TestKeys.Ring(dataKeys, tenantKeys, root, options: new KeyRingOptions { CacheLifetime = TimeSpan.Zero });
        var encryptor = Create(keys);
        var rounds = Soak.IsOn ? 20_000 : 400;
        var kept = new List<byte[]>();
        for (var round = 0; round < rounds; round++)
        {
            var lease = await keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
            using var started = new ManualResetEventSlim();
            var user = Task.Run(() =>
            {
                var made = new List<byte[]>();
                try
                {
                    for (var i = 0; i < 50; i++)
                    {
                        made.Add(Seal(encryptor, lease, "value"u8));
                        started.Set();
                    }
                }
                catch (ObjectDisposedException)
                {
                    started.Set(); // the lease has ended, as it should
                }

                return made;
            });
            started.Wait();
            lease.Dispose();
            kept.AddRange(await user);
        }

        using var reader = await keys.OpenReadOnlyAsync(TestKeys.Tenant, [TestKeys.Jane]);
        Assert.NotEmpty(kept);
        Assert.All(kept, envelope => Assert.Equal("value", encryptor.DecryptText(reader, Email, envelope)));
    }

    [Fact]
    public async Task A_value_that_is_no_text_is_not_read_as_one()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var envelope = Seal(encryptor, lease, [0x61, 0xFF, 0x62]);

        Assert.Equal(PrivacyErrorCode.FormatUnknown, Assert.Throws<PrivacyException>(() => encryptor.DecryptText(lease, Email, envelope)).Code);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_before_anything_is_stored()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Create(_keys).EncryptTextAsync(TestKeys.Jane, Email, "a\ud800"));
    }

    [Fact]
    public async Task The_span_forms_allocate_nothing()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var plaintext = Encoding.UTF8.GetBytes("jane.doe@example.com");
        var envelope = new byte[encryptor.GetEnvelopeLength(plaintext.Length)];
        var opened = new byte[plaintext.Length];
        Work(10_000); // past the compiler's tiers

        var before = GC.GetAllocatedBytesForCurrentThread();
        Work(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work(int times)
        {
            for (var i = 0; i < times; i++)
            {
                encryptor.Encrypt(lease, TestKeys.Jane, Email, plaintext, envelope);
                encryptor.Decrypt(lease, Email, envelope, opened);
            }
        }
    }

    public void Dispose()
    {
        _keys.Dispose();
        GC.SuppressFinalize(this);
    }

    private static byte[] Seal(IFieldEncryptor encryptor, KeyLease lease, ReadOnlySpan<byte> plaintext)
    {
        var envelope = new byte[encryptor.GetEnvelopeLength(plaintext.Length)];
        Assert.Equal(envelope.Length, encryptor.Encrypt(lease, TestKeys.Jane, Email, plaintext, envelope));
        return envelope;
    }
}
