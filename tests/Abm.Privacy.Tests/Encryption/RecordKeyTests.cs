using System.Globalization;
using System.Numerics;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Encryption;

/// <summary>The texts were computed with a Python script of its own.</summary>
public class RecordKeyTests
{
    private static readonly Guid Id = Guid.Parse("7F0C0F7E-2F0F-4A7E-9D53-0F8DE1F3C001");

    [Fact]
    public void Every_type_of_key_has_its_text()
    {
        Assert.Equal("7f0c0f7e-2f0f-4a7e-9d53-0f8de1f3c001", RecordKey.Of(Id));
        Assert.Equal("-128", RecordKey.Of(sbyte.MinValue));
        Assert.Equal("255", RecordKey.Of(byte.MaxValue));
        Assert.Equal("-32768", RecordKey.Of(short.MinValue));
        Assert.Equal("65535", RecordKey.Of(ushort.MaxValue));
        Assert.Equal("-2147483648", RecordKey.Of(int.MinValue));
        Assert.Equal("4294967295", RecordKey.Of(uint.MaxValue));
        Assert.Equal("-9223372036854775808", RecordKey.Of(long.MinValue));
        Assert.Equal("18446744073709551615", RecordKey.Of(ulong.MaxValue));
        Assert.Equal("-170141183460469231731687303715884105728", RecordKey.Of(Int128.MinValue));
        Assert.Equal("340282366920938463463374607431768211455", RecordKey.Of(UInt128.MaxValue));
        Assert.Equal("340282366920938463463374607431768211456", RecordKey.Of(BigInteger.Pow(2, 128)));
        Assert.Equal("0", RecordKey.Of(0));
        Assert.Equal(" Łukasz:正 ", RecordKey.Of(" Łukasz:正 "));
        Assert.Equal("x", RecordKey.Of('x'));
        Assert.Equal("2024-02-29", RecordKey.Of(new DateOnly(2024, 2, 29)));
        Assert.Equal("0001-01-01", RecordKey.Of(DateOnly.MinValue));
        Assert.Equal("000fabff", RecordKey.Of<byte[]>([0, 15, 171, 255]));
        Assert.Equal("3", RecordKey.Of(KeyState.DecryptOnly));
        Assert.Equal("18446744073709551615", RecordKey.Of(Unsigned.Max));
        Assert.Equal("-5", RecordKey.Of((KeyState)(-5)));
        Assert.Equal("true", RecordKey.Of(true));
        Assert.Equal("acme", RecordKey.Of(new TenantId("acme")));
        Assert.Equal("s-1", RecordKey.Of(new SubjectId("s-1")));
        Assert.Equal("42", RecordKey.Of<object>(42));
        Assert.Equal("42", RecordKey.Of<int?>(42));
    }

    [Fact]
    public void A_key_of_several_parts_states_how_long_each_is()
    {
        Assert.Equal("4:acme2:42", RecordKey.OfParts("acme", 42));
        Assert.Equal("3:正0:3:a:b", RecordKey.OfParts("正", "", "a:b"));
        Assert.Equal(
            "36:7f0c0f7e-2f0f-4a7e-9d53-0f8de1f3c0012:-710:2024-02-294:00ff",
            RecordKey.OfParts(Id, -7L, new DateOnly(2024, 2, 29), new byte[] { 0, 255 }));
        Assert.Equal("6:🦊é1:x", RecordKey.OfParts("🦊é", "x"));
    }

    [Fact]
    public void The_culture_of_a_machine_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.GetCultureInfo("ar-SA").Clone();
            culture.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = culture;

            Assert.Equal("-7", RecordKey.Of(-7));
            Assert.Equal("-7", RecordKey.Of(new BigInteger(-7)));
            Assert.Equal("2024-02-29", RecordKey.Of(new DateOnly(2024, 2, 29)));
            Assert.Equal("2:-71:x", RecordKey.OfParts(-7, "x"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Different_keys_never_have_one_text()
    {
        var parts = Gen.Elements("", "a", "1", ":", "1:", "0:", "2:aa", "正").ListOf().Where(list => list.Count is >= 2 and <= 4).ToArbitrary();

        Prop.ForAll(parts, parts, (left, right) => left.SequenceEqual(right) == (Text(left) == Text(right)))
            .Check(Config.QuickThrowOnFailure.WithReplay(91, 93).WithMaxTest(3000));

        static string Text(IEnumerable<string> parts) => RecordKey.OfParts([.. parts]);
    }

    [Fact]
    public void A_type_that_has_several_texts_for_one_value_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => RecordKey.Of(1.0m));
        Assert.Throws<NotSupportedException>(() => RecordKey.Of(1.0));
        Assert.Throws<NotSupportedException>(() => RecordKey.Of(1.0f));
        Assert.Throws<NotSupportedException>(() => RecordKey.Of((Half)1));
        Assert.Throws<NotSupportedException>(() => RecordKey.Of(DateTimeOffset.UnixEpoch));
        Assert.Throws<NotSupportedException>(() => RecordKey.Of(DateTime.UnixEpoch));
        Assert.Throws<NotSupportedException>(() => RecordKey.Of(new object()));
        Assert.Throws<NotSupportedException>(() => RecordKey.OfParts("a", 1.0m));
    }

    [Fact]
    public void A_key_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => RecordKey.Of<string?>(null));
        Assert.Throws<ArgumentNullException>(() => RecordKey.OfParts("a", null));
        Assert.ThrowsAny<ArgumentException>(() => RecordKey.Of(""));
        Assert.ThrowsAny<ArgumentException>(() => RecordKey.Of(Array.Empty<byte>()));
        Assert.ThrowsAny<ArgumentException>(() => RecordKey.Of("a\ud800"));
        Assert.ThrowsAny<ArgumentException>(() => RecordKey.OfParts("a", "\ud800"));
        Assert.ThrowsAny<ArgumentException>(() => RecordKey.Of(new string('x', 513)));
        Assert.ThrowsAny<ArgumentException>(() => RecordKey.OfParts(new string('x', 300), new string('y', 300)));
        Assert.ThrowsAny<ArgumentException>(() => RecordKey.OfParts("alone"));
        Assert.ThrowsAny<ArgumentException>(() => RecordKey.OfParts());
        Assert.Throws<InvalidOperationException>(() => RecordKey.Of(default(TenantId)));
    }

    private enum Unsigned : ulong
    {
        None = 0,
        Max = ulong.MaxValue,
    }
}
