using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Tests.Cryptography;

public class Ff1Tests
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const string Key = "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94";

    /// <summary>The nine samples of NIST SP 800-38G.</summary>
    [Theory]
    [InlineData(16, 10, "", "0123456789", "2433477484")]
    [InlineData(16, 10, "39383736353433323130", "0123456789", "6124200773")]
    [InlineData(16, 36, "3737373770717273373737", "0123456789abcdefghi", "a9tv40mll9kdu509eum")]
    [InlineData(24, 10, "", "0123456789", "2830668132")]
    [InlineData(24, 10, "39383736353433323130", "0123456789", "2496655549")]
    [InlineData(24, 36, "3737373770717273373737", "0123456789abcdefghi", "xbj3kv35jrawxv32ysr")]
    [InlineData(32, 10, "", "0123456789", "6657667009")]
    [InlineData(32, 10, "39383736353433323130", "0123456789", "1001623463")]
    [InlineData(32, 36, "3737373770717273373737", "0123456789abcdefghi", "xs8a0azh2avyalyzuwd")]
    public void The_samples_of_the_standard_come_out(int keySize, int radix, string tweak, string text, string expected)
    {
        using var cipher = new Ff1(Convert.FromHexString(Key).AsSpan(0, keySize), radix, Convert.FromHexString(tweak));
        var numerals = text.Select(c => (byte)Alphabet.IndexOf(c, StringComparison.Ordinal)).ToArray();

        cipher.Encrypt(numerals);
        Assert.Equal(expected, string.Concat(numerals.Select(numeral => Alphabet[numeral])));
        cipher.Decrypt(numerals);
        Assert.Equal(text, string.Concat(numerals.Select(numeral => Alphabet[numeral])));
    }

    [Theory]
    [InlineData(2, 20, 192)]
    [InlineData(10, 6, 56)]
    [InlineData(36, 4, 36)]
    [InlineData(94, 4, 28)]
    [InlineData(256, 3, 24)]
    public void A_domain_below_a_million_or_above_what_a_number_holds_is_refused(int radix, int minLength, int maxLength)
    {
        using var cipher = new Ff1(new byte[32], radix, []);

        Assert.Equal((minLength, maxLength), (cipher.MinLength, cipher.MaxLength));
        cipher.Encrypt(new byte[minLength]);
        cipher.Encrypt(new byte[maxLength]);
        Assert.Throws<ArgumentOutOfRangeException>(() => cipher.Encrypt(new byte[minLength - 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cipher.Encrypt(new byte[maxLength + 1]));
    }

    [Fact]
    public void A_digit_beyond_the_radix_and_a_disposed_cipher_are_refused()
    {
        var cipher = new Ff1(new byte[32], 10, []);

        Assert.Throws<ArgumentOutOfRangeException>(() => cipher.Encrypt([0, 1, 2, 3, 4, 10]));
        cipher.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cipher.Encrypt(new byte[6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ff1(new byte[32], 1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ff1(new byte[32], 257, []));
    }

    [Fact]
    public void Every_length_comes_back()
    {
        foreach (var radix in new[] { 2, 10, 62, 256 })
        {
            using var cipher = new Ff1(Convert.FromHexString(Key), radix, "tweak"u8);
            for (var length = cipher.MinLength; length <= cipher.MaxLength; length++)
            {
                var text = Enumerable.Range(0, length).Select(i => (byte)((i + 1) * 31 % radix)).ToArray();
                byte[] all = [.. Enumerable.Repeat((byte)(radix - 1), length)];
                foreach (var clear in new[] { text, all })
                {
                    var numerals = clear.ToArray();
                    cipher.Encrypt(numerals);
                    Assert.NotEqual(clear, numerals);
                    cipher.Decrypt(numerals);
                    Assert.Equal(clear, numerals);
                }
            }
        }
    }
}
