using System.Globalization;
using System.Security.Cryptography;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Keyed;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Masking.Keyed;

/// <summary>What holds over many values: one value has one result, results are evenly spread, and unique ones never collide.</summary>
public class KeyedMaskLaws
{
    /// <summary>Chi-square with a million-to-one threshold: mean plus five standard deviations.</summary>
    private static double Threshold(int cells) => cells - 1 + 5 * Math.Sqrt(2 * (cells - 1));

    private static int Many => Soak.IsOn ? 10_000_000 : 1_000_000;

    [Fact]
    public void Numbered_fakes_never_collide()
    {
        var mask = new FakeMask(TestMaskingKey.Shared, "customer", FakeTemplate.LongPersonName, FakeUniqueness.Numbered);

        var count = Soak.IsOn ? Many : 200_000; // a million are permuted below
        Assert.Equal(count, CountDistinct(mask, count, number => number));
        Assert.Equal(20_000, CountDistinct(mask, 20_000, number => FakeTemplate.LongPersonName.Count - 1 - number));
    }

    [Fact]
    public void Numbers_are_permuted_over_exactly_the_fakes_that_there_are()
    {
        var words = Enumerable.Range(0, 1_001).Select(number => "w" + number.ToString(CultureInfo.InvariantCulture)).ToList();
        var list = new FakeWordList("words", 1, words);
        var mask = new FakeMask(TestMaskingKey.Shared, "id", new FakeTemplate("pair", "{0}-{1}", list, list), FakeUniqueness.Numbered);

        // all of them: whatever is left out or comes twice would show
        Assert.Equal(1_001 * 1_001, CountDistinct(mask, 1_001 * 1_001, number => number));
        Assert.Equal("***", Mask.Apply("1002001", mask));
        Assert.Equal("***", Mask.Apply("007", mask));
        Assert.Equal("***", Mask.Apply("-1", mask));
        Assert.Equal("***", Mask.Apply("\u0661", mask));
        Assert.Equal("***", Mask.Apply("999999999999999999999999999", mask));
    }

    [Fact]
    public void Suffixed_fakes_do_not_collide() => Assert.Equal(
        Many, CountDistinct(new FakeMask(TestMaskingKey.Shared, "contact.email", FakeTemplate.Email, FakeUniqueness.Suffixed), Many, number => number));

    [Fact]
    public void Format_preserving_ids_never_collide()
    {
        var mask = new FormatPreservingMask(TestMaskingKey.Shared, "customer.number");

        // every text of six digits, which is the whole domain
        var seen = new bool[1_000_000];
        Span<char> text = stackalloc char[6];
        Span<char> masked = stackalloc char[6];
        for (var number = 0; number < seen.Length; number++)
        {
            number.TryFormat(text, out _, "D6", CultureInfo.InvariantCulture);
            mask.TryMask(text, masked, out _);
            ref var place = ref seen[int.Parse(masked, CultureInfo.InvariantCulture)];
            Assert.False(place);
            place = true;
        }
    }

    [Fact]
    public void Separators_play_no_part_in_an_id()
    {
        var mask = new FormatPreservingMask(TestMaskingKey.Shared, "contact.phone");
        var plain = Mask.Apply("0170123456", mask);

        Assert.Equal(plain, string.Concat(Mask.Apply("0170 / 12-34.56", mask).Where(char.IsAsciiDigit)));
        Assert.Equal("+", Mask.Apply("+0170123456", mask)[..1]);
        Assert.NotEqual(plain, Mask.Apply("0170123456", new FormatPreservingMask(TestMaskingKey.Shared, "another")));
        Assert.NotEqual(plain, Mask.Apply("0170123456", new FormatPreservingMask(TestMaskingKey.Shared, "contact.phone", "9876543210")));
        Assert.False(mask.TryUnmask("***", out _));
        Assert.False(default(FormatPreservingMask).TryUnmask(plain, out _));
    }

    [Fact]
    public void Fakes_are_spread_evenly()
    {
        var mask = new FakeMask(TestMaskingKey.Shared, "contact.phone", FakeTemplate.Phone);
        var counts = new Dictionary<string, int>();
        const int Draws = 200_000;
        for (var i = 0; i < Draws; i++)
        {
            var fake = Mask.Apply(i.ToString(CultureInfo.InvariantCulture), mask);
            counts[fake] = counts.GetValueOrDefault(fake) + 1;
        }

        var expected = Draws / 10_000.0;
        var statistic = counts.Values.Sum(count => (count - expected) * (count - expected) / expected) + (10_000 - counts.Count) * expected;
        Assert.InRange(statistic, 10_000 - 5 * Math.Sqrt(20_000), Threshold(10_000));
    }

    [Fact]
    public void Token_bytes_are_spread_evenly()
    {
        var mask = new TokenMask(TestMaskingKey.Shared, "id");
        var counts = new int[256];
        for (var i = 0; i < 10_000; i++)
        {
            foreach (var value in Convert.FromHexString(Mask.Apply(i.ToString(CultureInfo.InvariantCulture), mask).AsSpan(3)))
            {
                counts[value]++;
            }
        }

        Assert.InRange(counts.Sum(count => (count - 625.0) * (count - 625.0) / 625.0), 255 - 5 * Math.Sqrt(510), Threshold(256));
    }

    [Fact]
    public void A_number_below_a_bound_is_unbiased()
    {
        Span<byte> random = stackalloc byte[16];
        random.Clear();
        Assert.False(UniformNumber.TryTake(random, 10, out _)); // 2^64 is 6 above a multiple of 10: words 0 to 5 are rejected
        random[15] = 6;
        Assert.True(UniformNumber.TryTake(random, 10, out var number));
        Assert.Equal(6UL, number);
        random[7] = 17;
        Assert.True(UniformNumber.TryTake(random, 10, out number));
        Assert.Equal(7UL, number);
        random.Clear();
        Assert.True(UniformNumber.TryTake(random, 1UL << 40, out number)); // a power of two rejects nothing
        Assert.Equal(0UL, number);
    }

    private static int CountDistinct(FakeMask mask, int count, Func<long, long> value)
    {
        var digests = new UInt128[count];
        var text = new byte[20];
        var fake = new byte[mask.GetMaxLength(20)];
        var hash = new byte[32];
        for (var i = 0; i < count; i++)
        {
            value(i).TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
            Assert.True(mask.TryMask(text.AsSpan(0, length), fake, out var written));
            SHA256.HashData(fake.AsSpan(0, written), hash);
            digests[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
        }

        Array.Sort(digests);
        return 1 + Enumerable.Range(1, count - 1).Count(i => digests[i] != digests[i - 1]);
    }
}
