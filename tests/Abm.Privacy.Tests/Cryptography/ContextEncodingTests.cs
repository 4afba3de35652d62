using System.Text;
using Abm.Privacy.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Cryptography;

public class ContextEncodingTests
{
    [Fact]
    public void Parts_are_length_prefixed_and_counted()
    {
        Assert.Equal("00000001" + "6c" + "02" + "00000001" + "61" + "00000002" + "c3bc", Convert.ToHexStringLower(Encode("l", "a", "ü")));
    }

    [Fact]
    public void Different_parts_never_have_one_encoding()
    {
        var texts = Gen.Elements("", "a", "b", "ab", "aa", "\0", "a\0", "ü").ListOf().Where(list => list.Count <= 4).ToArbitrary();

        Prop.ForAll(texts, texts, (left, right) => left.SequenceEqual(right) == Encode("l", [.. left]).SequenceEqual(Encode("l", [.. right])))
            .Check(Config.QuickThrowOnFailure.WithReplay(4711, 4713).WithMaxTest(2000));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        Assert.Throws<EncoderFallbackException>(() => Encode("l", "\ud800"));
    }

    [Fact]
    public void An_encoding_with_a_missing_part_cannot_be_taken()
    {
        Assert.Throws<InvalidOperationException>(() =>
        {
            var encoding = new ContextEncoding(new byte[64], "l"u8, parts: 2);
            encoding.Add("only one");
            return encoding.Written.Length;
        });
    }

    private static byte[] Encode(string label, params string[] parts)
    {
        var buffer = new byte[ContextEncoding.GetMaxLength(label.Length, [.. parts.Select(part => part.Length)])];
        var encoding = new ContextEncoding(buffer, Encoding.ASCII.GetBytes(label), (byte)parts.Length);
        foreach (var part in parts)
        {
            encoding.Add(part);
        }

        return encoding.Written.ToArray();
    }
}
