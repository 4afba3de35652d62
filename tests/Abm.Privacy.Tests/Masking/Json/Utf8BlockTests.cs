using System.Text.Unicode;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Json.Engines;

namespace Abm.Privacy.Tests.Masking.Json;

public sealed class Utf8BlockTests
{
    private static readonly byte[] Telling =
        [0x00, 0x20, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(66)]
    [InlineData(126)]
    public void Blocks_are_valid_where_the_platform_finds_the_text_valid(int at)
    {
        var text = new byte[131];
        foreach (var first in Telling)
        {
            foreach (var second in Telling)
            {
                foreach (var third in Telling)
                {
                    foreach (var fourth in Telling)
                    {
                        Array.Fill(text, (byte)' ');
                        (text[at], text[at + 1], text[at + 2], text[at + 3]) = (first, second, third, fourth);
                        var isValid = true;
                        for (var position = 0; position < text.Length; position += Block64.Length)
                        {
                            isValid &= Utf8Block.IsValid(text, position);
                        }

                        if (isValid != Utf8.IsValid(text))
                        {
                            Assert.Fail($"{first:X2} {second:X2} {third:X2} {fourth:X2} at {at}: the platform says {!isValid}.");
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void A_fault_is_found_at_its_first_byte_also_in_the_block_before()
    {
        var text = new byte[128];
        Array.Fill(text, (byte)' ');
        text[62] = 0xE2;
        text[63] = 0x82;

        Assert.True(Utf8Block.IsValid(text, 0));
        Assert.False(Utf8Block.IsValid(text, 64));
        Assert.Equal(62, Utf8Block.FindFault(text, 64));
    }

    [Fact]
    public void Plain_characters_are_clusters_of_their_own_in_both_encodings()
    {
        for (var value = 0; value < 0xD800; value++)
        {
            if (!Grapheme.IsPlain(value))
            {
                continue;
            }

            foreach (var other in (char[])['a', '~', '\u00C0', '\u02FF', '\u0400', '\u047F'])
            {
                var pair = $"{(char)value}{other}";
                Assert.Equal(1, System.Globalization.StringInfo.GetNextTextElementLength(pair));
                Assert.Equal(1, System.Globalization.StringInfo.GetNextTextElementLength($"{other}{(char)value}"));
                var utf8 = System.Text.Encoding.UTF8.GetBytes(pair);
                Assert.Equal(utf8.Length - System.Text.Encoding.UTF8.GetByteCount([other]), Utf8Text.PlainLength(utf8, 0));
            }
        }
    }
}
