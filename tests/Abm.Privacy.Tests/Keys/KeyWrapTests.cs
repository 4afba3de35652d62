using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class KeyWrapTests : IDisposable
{
    private readonly WrappingKey _wrapping = new(SecretKey.Generate());
    private readonly SecretKey _key = SecretKey.Generate();

    [Fact]
    public void Every_flipped_bit_of_a_wrapped_tenant_key_fails_as_the_format_says() =>
        EveryBit(KeyWrap.WrapTenantKey(_wrapping, TestKeys.Tenant, _key), wrapped => KeyWrap.UnwrapTenantKey(_wrapping, TestKeys.Tenant, _key.Id, wrapped));

    [Fact]
    public void Every_flipped_bit_of_a_wrapped_data_key_fails_as_the_format_says()
    {
        var owner = DataKeyOwner.ForSubject(TestKeys.Jane);

        EveryBit(KeyWrap.WrapDataKey(_wrapping, TestKeys.Tenant, owner, _key), wrapped => KeyWrap.UnwrapDataKey(_wrapping, TestKeys.Tenant, owner, _key.Id, wrapped));
    }

    [Fact]
    public void A_wrapped_key_of_another_length_fails()
    {
        var wrapped = KeyWrap.WrapTenantKey(_wrapping, TestKeys.Tenant, _key);
        foreach (var bytes in (byte[][])[wrapped[..^1], [.. wrapped, 0]])
        {
            Assert.Equal(PrivacyErrorCode.DecryptionFailed, Code(() => KeyWrap.UnwrapTenantKey(_wrapping, TestKeys.Tenant, _key.Id, bytes)));
        }
    }

    [Fact]
    public void A_wrapped_key_stays_with_its_tenant_subject_usage_and_id()
    {
        var owner = DataKeyOwner.ForSubject(TestKeys.Jane);
        var wrapped = KeyWrap.WrapDataKey(_wrapping, TestKeys.Tenant, owner, _key);
        using var other = SecretKey.Generate();
        Action[] moves =
        [
            () => KeyWrap.UnwrapDataKey(_wrapping, new TenantId("globex"), owner, _key.Id, wrapped),
            () => KeyWrap.UnwrapDataKey(_wrapping, TestKeys.Tenant, DataKeyOwner.ForSubject(TestKeys.Omar), _key.Id, wrapped),
            () => KeyWrap.UnwrapDataKey(_wrapping, TestKeys.Tenant, DataKeyOwner.ForTenant(KeyUsage.Shared), _key.Id, wrapped),
            () => KeyWrap.UnwrapDataKey(_wrapping, TestKeys.Tenant, owner, other.Id, wrapped),
            () => KeyWrap.UnwrapTenantKey(_wrapping, TestKeys.Tenant, _key.Id, wrapped),
        ];

        Assert.All(moves, move => Assert.Equal(PrivacyErrorCode.DecryptionFailed, Code(move)));
    }

    public void Dispose()
    {
        _wrapping.Dispose();
        _key.Dispose();
    }

    private static void EveryBit(byte[] wrapped, Action<byte[]> unwrap)
    {
        unwrap(wrapped);
        for (var bit = 0; bit < wrapped.Length * 8; bit++)
        {
            var expected = (bit / 8) switch
            {
                < 3 => PrivacyErrorCode.FormatUnknown,
                < EnvelopeHeader.Size => PrivacyErrorCode.KeyUnavailable,
                _ => PrivacyErrorCode.DecryptionFailed,
            };
            wrapped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(expected, Code(() => unwrap(wrapped)));
            wrapped[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static PrivacyErrorCode Code(Action unwrap) => Assert.Throws<PrivacyException>(unwrap).Code;
}
