using System.Numerics;
using System.Text;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Characters;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Masking;

/// <summary>The vectorized paths against the obvious ones.</summary>
public class FastPathTests
{
    private static readonly string[] Parts =
        ["a", "Z", "0", ".", "..", "-", "_", "@", "@@", " ", "jane", "example", "com", ".com", "@example.com", "averylongpartofsixteen", "\u00E9", "\u0140", "\u8040", "\0", "\x7F", "\""];

    [Fact]
    public void An_address_that_the_fast_path_takes_is_one_and_has_its_at_sign_there()
    {
        var taken = 0;
        var parts = Gen.Resize(Gen.ArrayOf(Gen.Elements(Parts)), 5).Select(string.Concat);
        var texts = Gen.OneOf(parts, from local in parts from domain in parts select $"{local}@{domain}.com", from local in Gen.Elements(Parts) from domain in Gen.Elements(Parts) select $"jane{local}@{domain}.example");
        Texts.ForAll(texts, text =>
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            var fast = EmailMask.FindAtFast<char, Utf16Text>(text);
            Assert.Equal(text.All(char.IsAscii) ? fast : -1, EmailMask.FindAtFast<byte, Utf8Text>(utf8));
            var at = EmailMask.FindAt<char, Utf16Text>(text);
            Assert.True(fast <= 0 || fast == at);
            Assert.True(at < 0 || fast == at || !text.All(char.IsAscii) || text.Length is < AsciiBlock.MinLength or > 2 * AsciiBlock.MaxLength, "A usual address went the slow way.");
            taken += fast > 0 ? 1 : 0;
        }, 20_000);
        Assert.InRange(taken, 1_000, 20_000);
    }

    [Fact]
    public void Every_place_of_every_length_is_classified()
    {
        var set = new AsciiSet("az0~ ");
        for (var length = AsciiBlock.MinLength; length <= AsciiBlock.MaxLength; length++)
        {
            var all = (uint)AsciiBlock.All(length);
            for (var place = 0; place < length; place++)
            {
                foreach (var c in "az0~ by\0\x01\x7F\u0080\u00E1\u0161\u2061\u8061\uFF61\uFFFF")
                {
                    var chars = new string('a', place) + c + new string('a', length - place - 1);
                    var expected = "az0~ ".Contains(c, StringComparison.Ordinal) ? 0u : 1u << place;
                    Assert.Equal(expected, set.Misses(AsciiBlock.Load<char, Utf16Text>(in chars.AsSpan()[0], length)) & all);
                    if (c <= 0xFF)
                    {
                        Assert.Equal(expected, set.Misses(AsciiBlock.Load<byte, Utf8Text>(in Encoding.Latin1.GetBytes(chars)[0], length)) & all);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_set_holds_what_it_was_made_of()
    {
        const string Members = "@AZaz09 ~-";
        var set = new AsciiSet(Members);
        for (var value = 1; value < 0x10000; value++)
        {
            Assert.Equal(Members.Contains((char)value, StringComparison.Ordinal), set.Contains(value));
        }
    }

    [Fact]
    public void The_ends_of_bits_are_dropped_alike_with_and_without_hardware_help()
    {
        const string Card = "4111 1111-1111 111";
        var digits = Enumerable.Range(0, Card.Length).Where(i => char.IsAsciiDigit(Card[i])).Aggregate(0UL, (bits, i) => bits | 1UL << i);

        Assert.Equal(PaymentCardMask.DropEnds(digits, 6, 4), PaymentCardMask.FindHidden<char, Utf16Text>(Card));
        Assert.Equal(5, BitOperations.PopCount(PaymentCardMask.DropEnds(digits, 6, 4)));
    }

    [Fact]
    public void A_short_copy_copies_every_length_also_within_one_memory()
    {
        for (var length = 0; length < 80; length++)
        {
            for (var shift = 0; shift < 6; shift++)
            {
                var memory = Enumerable.Range(1, 100).Select(i => (char)i).ToArray();
                var expected = memory[5..(5 + length)];
                ShortCopy.To<char>(memory.AsSpan(5, length), memory.AsSpan(shift));
                Assert.Equal(expected, memory[shift..(shift + length)]);
            }
        }

        Assert.Throws<ArgumentException>(() => ShortCopy.To<char>("twelve chars", new char[11]));
    }
}
