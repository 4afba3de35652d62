using System.Text;
using Abm.Privacy.Masking;

namespace Abm.Privacy.Tests.Masking;

/// <summary>What every mask keeps. Derive once for each mask; a convention test sees to it that none is left out.</summary>
public abstract class MaskContract<TMask> : IMaskContract
    where TMask : struct, IMask
{
    private const int Guard = 3;

    /// <summary>What a value of the mask's kind does not expect: marks, digits of other scripts, half a pair, what nobody sees.</summary>
    private static readonly string[] Strangers =
        ["\u0301", "\U0001D7D8", "\u0661", "\uFF10", "\0", " ", "\u200D", "\u0600", "\uD83D", "\uDC68", "*", "\U0001F1E9", "\r\n", "\u2044", "\\"];

    /// <summary>The mask in each of its forms, the default value of its type first.</summary>
    protected abstract IReadOnlyList<TMask> Masks { get; }

    /// <summary>Values of the mask's kind, plain and unusual ones.</summary>
    protected abstract IReadOnlyList<string> Values { get; }

    /// <summary>What the mask writes for a value that it does not take.</summary>
    protected virtual string Whole(TMask mask) => "***";

    protected virtual string ForEmpty(TMask mask) => "";

    /// <summary>Whether the length is kept or hidden; a number that stays about as large does neither.</summary>
    protected virtual bool KeepsOrHidesLength => true;

    /// <summary>Fails if the masked text of a well-formed value shows more than the mask states.</summary>
    protected abstract void ShowsNoMoreThanItStates(TMask mask, string value, string masked);

    [Fact]
    public void It_shows_no_more_than_it_states() =>
        ForAll(Texts.WellFormed, (mask, value) => ShowsNoMoreThanItStates(mask, value, Mask.Apply(value, mask)));

    [Fact]
    public void Utf16_and_utf8_agree() =>
        ForAll(Texts.WellFormed, (mask, value) => Assert.Equal(Mask.Apply(value, mask), Utf8(mask, Encoding.UTF8.GetBytes(value))));

    [Fact]
    public void The_result_is_valid_text_whatever_comes_in()
    {
        ForAll(Texts.Any, (mask, value) => Assert.True(Texts.IsWellFormed(Mask.Apply(value, mask))));
        Texts.ForAll(Texts.Bytes, bytes => Assert.All(Masks, mask => Utf8(mask, bytes)));
    }

    [Fact]
    public void Invalid_input_is_masked_whole()
    {
        ForAll(Texts.Invalid, (mask, value) => Assert.Equal(Whole(mask), Mask.Apply(value, mask)));
        Texts.ForAll(Texts.Bytes, bytes =>
        {
            if (!System.Text.Unicode.Utf8.IsValid(bytes))
            {
                Assert.All(Masks, mask => Assert.Equal(Whole(mask), Utf8(mask, bytes)));
            }
        });
    }

    [Fact]
    public void A_stranger_in_a_value_lets_nothing_more_be_shown()
    {
        foreach (var value in Values.Where(value => value.Length is > 0 and < 100))
        {
            foreach (var place in new HashSet<int> { 0, 1, value.Length / 3, value.Length / 2, value.Length - 1, value.Length })
            {
                foreach (var text in Strangers.Select(stranger => value.Insert(place, stranger)))
                {
                    Assert.All(Masks, mask =>
                    {
                        var masked = Mask.Apply(text, mask);
                        Assert.True(Texts.IsWellFormed(masked));
                        if (!Texts.IsWellFormed(text))
                        {
                            Assert.Equal(Whole(mask), masked);
                            return;
                        }

                        ShowsNoMoreThanItStates(mask, text, masked);
                        Assert.Equal(masked, Utf8(mask, Encoding.UTF8.GetBytes(text)));
                    });
                }
            }
        }
    }

    [Fact]
    public void What_lies_behind_a_value_in_memory_does_not_count()
    {
        foreach (var behind in (string[])["x", "7", "7777777777777777777777777777777777777777", ".example", "\u0301"])
        {
            ForAll(Texts.WellFormed, (mask, value) =>
            {
                var expected = Mask.Apply(value, mask);
                var (length, bytes) = (Encoding.UTF8.GetByteCount(value), Encoding.UTF8.GetBytes(value + behind));
                Assert.Equal(expected, Mask.Apply((value + behind).AsSpan(0, value.Length), mask));
                Assert.Equal(expected, Utf8(mask, bytes.AsSpan(0, length)));
            }, 100);
        }
    }

    [Fact]
    public void The_stated_length_is_always_enough() =>
        ForAll(Texts.Any, (mask, value) =>
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            Assert.True(mask.TryMask(value, new char[mask.GetMaxLength(value.Length)], out _));
            Assert.True(mask.TryMask(bytes, new byte[mask.GetMaxLength(bytes.Length)], out _));
        });

    [Fact]
    public void A_destination_that_is_too_small_stays_as_it_is() =>
        ForAll(Texts.Any, (mask, value) =>
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            var chars = Mask.Apply(value, mask).Length;
            var utf8 = Encoding.UTF8.GetByteCount(Utf8(mask, bytes));
            for (var length = 0; length <= Math.Max(chars, utf8); length++)
            {
                Span<char> charBuffer = new char[length + Guard];
                Span<byte> byteBuffer = new byte[length + Guard];
                charBuffer.Fill('\u0001');
                byteBuffer.Fill(1);

                var fitsChars = mask.TryMask(value, charBuffer[..length], out var charsWritten);
                var fitsBytes = mask.TryMask(bytes, byteBuffer[..length], out var bytesWritten);

                Assert.Equal((length >= chars, length >= chars ? chars : 0), (fitsChars, charsWritten));
                Assert.Equal((length >= utf8, length >= utf8 ? utf8 : 0), (fitsBytes, bytesWritten));
                Assert.Equal(-1, charBuffer[charsWritten..].IndexOfAnyExcept('\u0001'));
                Assert.Equal(-1, byteBuffer[bytesWritten..].IndexOfAnyExcept((byte)1));
            }
        }, 100);

    [Fact]
    public void Source_and_destination_may_be_the_same_memory() =>
        ForAll(Texts.WellFormed, (mask, value) =>
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            var chars = new char[Math.Max(value.Length, mask.GetMaxLength(value.Length))];
            var utf8 = new byte[Math.Max(bytes.Length, mask.GetMaxLength(bytes.Length))];
            value.CopyTo(chars);
            bytes.CopyTo(utf8, 0);

            mask.TryMask(chars.AsSpan(0, value.Length), chars, out var charsWritten);
            mask.TryMask(utf8.AsSpan(0, bytes.Length), utf8, out var bytesWritten);

            Assert.Equal(Mask.Apply(value, mask), new string(chars, 0, charsWritten));
            Assert.Equal(Mask.Apply(value, mask), Encoding.UTF8.GetString(utf8, 0, bytesWritten));
        });

    [Fact]
    public void Its_traits_hold() =>
        ForAll(Texts.WellFormed, (mask, value) =>
        {
            var masked = Mask.Apply(value, mask);
            if (mask.Traits.HasFlag(MaskTraits.Deterministic))
            {
                Assert.Equal(masked, Mask.Apply(new string(value), mask));
            }

            if (mask.Traits.HasFlag(MaskTraits.Idempotent))
            {
                Assert.Equal(masked, Mask.Apply(masked, mask));
            }

            if (mask.Traits.HasFlag(MaskTraits.PreservesLength) && masked != Whole(mask) && value.All(c => c is >= ' ' and <= '~'))
            {
                Assert.Equal(value.Length, masked.Length);
            }
        });

    [Fact]
    public void It_preserves_the_length_or_hides_it() =>
        Assert.All(Masks, mask => Assert.Equal(
            KeepsOrHidesLength ? 1 : 0,
            (mask.Traits.HasFlag(MaskTraits.PreservesLength) ? 1 : 0) + (mask.Traits.HasFlag(MaskTraits.HidesLength) ? 1 : 0)));

    [Fact]
    public void Empty_is_told_by_no_more_than_empty() =>
        Assert.All(Masks, mask =>
        {
            Assert.Equal(ForEmpty(mask), Mask.Apply("", mask));
            Assert.Equal(ForEmpty(mask), Mask.Apply(null, mask));
            Assert.Equal(ForEmpty(mask), Utf8(mask, []));
        });

    [Fact]
    public void A_negative_length_is_refused_and_a_huge_one_is_bounded() =>
        Assert.All(Masks, mask =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => mask.GetMaxLength(-1));
            Assert.InRange(mask.GetMaxLength(int.MaxValue), 0, Array.MaxLength);
        });

    void IMaskContract.MasksWithoutAllocation()
    {
        var values = Values;
        var utf8 = values.Select(Encoding.UTF8.GetBytes).ToArray();
        var chars = new char[4096];
        var bytes = new byte[4096];
        foreach (var mask in Masks)
        {
            Allocations.None(() =>
            {
                for (var i = 0; i < utf8.Length; i++)
                {
                    mask.TryMask(values[i], chars, out _);
                    mask.TryMask(utf8[i], bytes, out _);
                }
            });
        }
    }

    protected static string Utf8(TMask mask, ReadOnlySpan<byte> utf8)
    {
        var destination = new byte[mask.GetMaxLength(utf8.Length)];
        Assert.True(mask.TryMask(utf8, destination, out var written));
        Assert.True(System.Text.Unicode.Utf8.IsValid(destination.AsSpan(0, written)));
        return Encoding.UTF8.GetString(destination, 0, written);
    }

    private void ForAll(FsCheck.Gen<string> texts, Action<TMask, string> law, int count = 2_000)
    {
        Texts.ForAll(texts, text => Assert.All(Masks, mask => law(mask, text)), count);
        var isLawForAll = texts != Texts.Invalid;
        Assert.All(isLawForAll ? Values : [], value => Assert.All(Masks, mask => law(mask, value)));
    }
}
