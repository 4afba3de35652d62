using System.Text;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Text.Scanning;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Masking.Text;

/// <summary>The vectors against the obvious loop.</summary>
public class BlockBitsTests
{
    private const string Interesting = "09azAZ@:.-/ ()\u00A0\u00C2,;_eyJ\0\u007F\u0080\u00FFwW";

    [Fact]
    public void Every_unit_of_a_block_is_classified_in_every_width_and_encoding()
    {
        var literals = new LiteralSet(["eyJ", "://", "www."]);
        var blocks = Gen.ArrayOf(Gen.Frequency((4, Gen.Elements(Interesting.ToCharArray())), (1, Gen.Choose(0, 0xFFFF).Select(value => (char)value))), BlockBits.ReadLength);
        Texts.ForAll(blocks, chars =>
        {
            var expected = Expected(chars);
            Assert.Equal(expected, Known(BlockBits.Read<char, Utf16Text>(in chars[0], literals)));
            Assert.Equal(expected, Known(Narrow<char, Utf16Text>(in chars[0], literals)));
            Assert.Equal(expected, Known(BlockBits.Read(Utf16Text.Load64(in chars[0], 0), Utf16Text.Load64(in chars[0], 1), Utf16Text.Load64(in chars[0], 2), literals)));
            CheckLiterals(chars, BlockBits.Read<char, Utf16Text>(in chars[0], literals).Literals);

            var bytes = Encoding.Latin1.GetBytes(chars.Select(c => c <= 0xFF ? c : '\u00FF').ToArray());
            var expectedBytes = Expected([.. bytes.Select(value => (char)value)]);
            Assert.Equal(expectedBytes, Known(BlockBits.Read<byte, Utf8Text>(in bytes[0], literals)));
            Assert.Equal(expectedBytes, Known(Narrow<byte, Utf8Text>(in bytes[0], literals)));
        });
    }

    private static BlockBits Narrow<TUnit, TText>(ref readonly TUnit start, LiteralSet literals)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        BlockBits.Read(
            TText.Load32(in start, 0), TText.Load32(in start, 1), TText.Load32(in start, 2), literals,
            TText.Load32(in start, 32), TText.Load32(in start, 33), TText.Load32(in start, 34));

    /// <summary>Candidates may be too many, never too few.</summary>
    private static void CheckLiterals(char[] chars, ulong candidates)
    {
        var text = new string(chars);
        for (var i = 0; i < BlockBits.Length; i++)
        {
            var begins = text.AsSpan(i).StartsWith("eyJ") || text.AsSpan(i).StartsWith("://") || text.AsSpan(i).StartsWith("www");
            Assert.True(!begins || (candidates >> i & 1) != 0, $"a literal at {i} was not seen");
        }
    }

    private static (ulong, ulong, ulong, ulong, ulong, ulong, ulong) Known(BlockBits bits) =>
        (bits.Digits, bits.Letters, bits.Separators, bits.Dots, bits.Colons, bits.Ats, bits.Others);

    private static (ulong, ulong, ulong, ulong, ulong, ulong, ulong) Expected(char[] chars)
    {
        ulong Bits(Func<char, bool> isSet) => Enumerable.Range(0, BlockBits.Length).Aggregate(0UL, (bits, i) => bits | (isSet(chars[i]) ? 1UL << i : 0));
        return (
            Bits(char.IsAsciiDigit), Bits(char.IsAsciiLetter), Bits(c => " ()-./\u00A0\u00C2".Contains(c, StringComparison.Ordinal)),
            Bits(c => c == '.'), Bits(c => c == ':'), Bits(c => c == '@'), Bits(c => c >= 128));
    }
}
