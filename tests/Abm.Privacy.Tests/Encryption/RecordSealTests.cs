using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Encryption;

public sealed class RecordSealTests : IDisposable
{
    private static readonly RecordContext Record = new(TestKeys.Tenant, "crm", "contact", "c-000001");
    private readonly KeyRing _keys = TestKeys.Ring();

    /// <summary>Computed with a Python script from the bytes that the documentation states.</summary>
    [Fact]
    public void The_seal_is_the_documented_one()
    {
        using var lease = new KeyLease(TestKeys.Tenant, new DestroyedKeys(), forEncryption: true);
        var key = new DataKey(SecretKey.FromBytes([.. Enumerable.Range(0, 32).Select(i => (byte)i)]), 1, KeyState.Active);
        lease.Add(new Counted<DataKeySet>(new DataKeySet(DataKeyOwner.ForSubject(TestKeys.Jane), [key], [])));

        Assert.Equal(
            "a1200067d3e8334088484dfc4455be0f8f535e1cc63823f824f155d27b088bdddd366db179e4b9ef74dba89b39bdcbff70bde4",
            Seal(7, new() { ["phone"] = new byte[] { 1, 2 }, ["email"] = new byte[] { 0xA1, 1, 0 } }));

        // sorted by bytes of UTF-8; UTF-16 has these two the other way round
        Assert.Equal(
            "a1200067d3e8334088484dfc4455be0f8f535e08c2506a49cd0dc63c1ac086ea8674eee65c550cc176a2a52dc4100e1f06e6a0",
            Seal(0, new() { ["🦊"] = new byte[] { 1 }, ["\uff5e"] = new byte[] { 2 } }));
        Assert.Equal(
            "a1200067d3e8334088484dfc4455be0f8f535e68b7188989dfdda0ee84ada0aafeea5c28907b6675fbe6efee5cda0bf58254a2",
            Seal(1L << 62, []));

        string Seal(long version, Dictionary<string, ReadOnlyMemory<byte>> fields) =>
            Convert.ToHexStringLower(RecordSeal.Compute(lease, TestKeys.Jane, Record, version, fields));
    }

    [Fact]
    public async Task A_sealed_record_that_is_whole_and_current_is_accepted()
    {
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var fields = Fields(lease);

        var seal = RecordSeal.Compute(lease, TestKeys.Jane, Record, 7, fields);

        Assert.Equal(RecordSeal.Size, seal.Length);
        RecordSeal.Verify(lease, Record, 7, new Dictionary<string, ReadOnlyMemory<byte>>(fields.Reverse()), seal);
    }

    [Fact]
    public async Task Omission_mixing_and_rollback_are_noticed()
    {
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var (before, now) = (Fields(lease), Fields(lease));
        var (sealBefore, seal) = (RecordSeal.Compute(lease, TestKeys.Jane, Record, 6, before), RecordSeal.Compute(lease, TestKeys.Jane, Record, 7, now));

        Refused(new(now.Where(field => field.Key != "phone"))); // dropped
        Refused(new(now) { ["title"] = now["phone"] }); // added
        Refused(new(now) { ["phone"] = ReadOnlyMemory<byte>.Empty }); // emptied
        Refused(new(now) { ["phone"] = before["phone"] }); // one field put back: mixed
        Refused(new(now) { ["phone"] = now["email"], ["email"] = now["phone"] }); // exchanged
        Refused(before, seal: sealBefore); // the whole record put back, with its own seal
        Refused(now, version: 8);
        Refused(now, new RecordContext(TestKeys.Tenant, "crm", "contact", "c-000002"));
        Refused(now, new RecordContext(TestKeys.Tenant, "crm", "lead", "c-000001"));
        Refused(now, new RecordContext(TestKeys.Tenant, "crn", "contact", "c-000001"));

        void Refused(Dictionary<string, ReadOnlyMemory<byte>> fields, RecordContext? record = null, long version = 7, byte[]? seal = null)
        {
            var error = Assert.Throws<PrivacyException>(() => RecordSeal.Verify(lease, record ?? Record, version, fields, seal ?? Seal()));
            Assert.Equal(PrivacyErrorCode.RecordAltered, error.Code);
        }

        byte[] Seal() => seal;
    }

    [Fact]
    public async Task Every_flipped_bit_of_a_seal_is_the_stated_error()
    {
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var fields = Fields(lease);
        var seal = RecordSeal.Compute(lease, TestKeys.Jane, Record, 7, fields);
        for (var bit = 0; bit < seal.Length * 8; bit++)
        {
            var altered = seal.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));

            var error = Assert.Throws<PrivacyException>(() => RecordSeal.Verify(lease, Record, 7, fields, altered));

            var expected = (bit / 8) switch
            {
                < 3 => PrivacyErrorCode.FormatUnknown,
                < EnvelopeHeader.Size => PrivacyErrorCode.KeyUnavailable,
                _ => PrivacyErrorCode.RecordAltered,
            };
            Assert.True(error.Code == expected, $"bit {bit}: {error.Code}");
        }

        Assert.Equal(PrivacyErrorCode.FormatUnknown, Assert.Throws<PrivacyException>(() => RecordSeal.Verify(lease, Record, 7, fields, seal.AsSpan(0, 50))).Code);
        Assert.Equal(PrivacyErrorCode.RecordAltered, Assert.Throws<PrivacyException>(() => RecordSeal.Verify(lease, Record, 7, fields, [.. seal, 0])).Code);
        Assert.False(EnvelopeInfo.TryRead(seal, out _));
    }

    [Fact]
    public async Task Names_and_envelopes_cannot_run_into_each_other()
    {
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        Dictionary<string, ReadOnlyMemory<byte>>[] records =
        [
            new() { ["ab"] = "c"u8.ToArray() },
            new() { ["a"] = "bc"u8.ToArray() },
            new() { ["a"] = "b"u8.ToArray(), ["c"] = ReadOnlyMemory<byte>.Empty },
            new() { ["a"] = ReadOnlyMemory<byte>.Empty, ["b"] = "c"u8.ToArray() },
            [],
        ];

        var seals = records.Select(fields => Convert.ToHexString(RecordSeal.Compute(lease, TestKeys.Jane, Record, 1, fields)));

        Assert.Equal(records.Length, seals.Distinct().Count());
    }

    [Fact]
    public async Task An_erased_subject_and_another_tenant_say_so()
    {
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var fields = Fields(lease);
        var seal = RecordSeal.Compute(lease, TestKeys.Jane, Record, 7, fields);
        using var other = await _keys.OpenAsync(new TenantId("globex"), [TestKeys.Jane]);

        Assert.Equal(PrivacyErrorCode.KeyUnavailable, Assert.Throws<PrivacyException>(() => RecordSeal.Verify(other, Record, 7, fields, seal)).Code);
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, Assert.Throws<PrivacyException>(() => RecordSeal.Verify(other, new RecordContext(new TenantId("globex"), "crm", "contact", "c-000001"), 7, fields, seal)).Code);
        Assert.Throws<InvalidOperationException>(() => RecordSeal.Compute(lease, TestKeys.Omar, Record, 7, fields));
        Assert.Throws<ArgumentOutOfRangeException>(() => RecordSeal.Compute(lease, TestKeys.Jane, Record, -1, fields));
        Assert.ThrowsAny<ArgumentException>(() => RecordSeal.Compute(lease, TestKeys.Jane, Record, 1, new Dictionary<string, ReadOnlyMemory<byte>> { [""] = new byte[1] }));

        await _keys.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]);
        Assert.Equal(PrivacyErrorCode.SubjectErased, Assert.Throws<PrivacyException>(() => RecordSeal.Verify(lease, Record, 7, fields, seal)).Code);
    }

    [Fact]
    public void A_record_gives_the_places_of_its_fields_and_keeps_its_key_to_itself()
    {
        Assert.Equal(new FieldContext(TestKeys.Tenant, "crm", "contact", "email", "c-000001"), Record.Field("email"));
        Assert.Equal("acme/crm/contact", Record.ToString());
        Assert.DoesNotContain("c-000001", System.Text.Json.JsonSerializer.Serialize(Record), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new RecordContext(default, "crm", "contact", "c-1"));
        Assert.ThrowsAny<ArgumentException>(() => new RecordContext(TestKeys.Tenant, "", "contact", "c-1"));
        Assert.ThrowsAny<ArgumentException>(() => new RecordContext(TestKeys.Tenant, "crm", "", "c-1"));
        Assert.ThrowsAny<ArgumentException>(() => new RecordContext(TestKeys.Tenant, "crm", "contact", ""));
    }

    public void Dispose() => _keys.Dispose();

    private Dictionary<string, ReadOnlyMemory<byte>> Fields(KeyLease lease)
    {
        var encryptor = new FieldEncryptor(_keys);
        return ((string[])["email", "phone", "name"]).ToDictionary(
            field => field,
            field => new ReadOnlyMemory<byte>(encryptor.EncryptText(lease, TestKeys.Jane, Record.Field(field), "value of " + field)));
    }
}
