using System.Globalization;
using System.Text;
using System.Text.Json;
using Abm.Privacy.Masking;

namespace Abm.Privacy.Tests.Masking;

public class MaskedTests
{
    [Fact]
    public void A_lazy_value_shows_itself_masked_everywhere()
    {
        var lazy = Mask.Lazy("jane.doe@example.com", Mask.Email);

        Assert.Equal("to j***@example.com!", $"to {lazy}!");
        Assert.Equal("to j***@example.com!", string.Format(CultureInfo.InvariantCulture, "to {0:X}!", lazy));
        Assert.Equal("j***@example.com", lazy.ToString());
        Assert.Equal("{}", JsonSerializer.Serialize(lazy));
        Assert.Equal("***", $"{Mask.Lazy(default(string), Mask.Hide)}");
        Assert.Equal("***5678", $"{Mask.Lazy("12345678".AsMemory(), Mask.KeepLast(4))}");
    }

    [Fact]
    public void A_long_value_is_masked_like_a_short_one()
    {
        var value = new string('x', 5_000) + "last";

        Assert.Equal("***last", Mask.Apply(value, Mask.KeepLast(4)));
        Assert.Equal(new string('*', 5_000) + "last", $"{Mask.Lazy(value, new KeepMask(0, 4) { PreserveLength = true })}");
        Assert.Equal("***last", Utf8(Mask.Lazy(value, Mask.KeepLast(4)), 7));
    }

    [Fact]
    public void Utf8_is_written_whole_or_not_at_all()
    {
        var lazy = Mask.Lazy("\u6F22\u5B57\u6F22\u5B57", Mask.KeepFirst(1));

        Assert.Equal("\u6F22***", Utf8(lazy, 6));
        Span<byte> tooSmall = stackalloc byte[5];
        Assert.False(lazy.TryFormat(tooSmall, out var written, default, null));
        Assert.Equal(0, written);
        Assert.Equal(-1, tooSmall.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void A_mask_that_states_too_little_room_fails_closed() =>
        Assert.Throws<InvalidOperationException>(() => Mask.Apply("value", default(TooSmall)));

    private static string Utf8<TMask>(Masked<TMask> lazy, int size)
        where TMask : struct, IMask
    {
        var bytes = new byte[size];
        Assert.True(lazy.TryFormat(bytes, out var written, default, null));
        return Encoding.UTF8.GetString(bytes, 0, written);
    }

    private readonly struct TooSmall : IMask
    {
        public MaskTraits Traits => MaskTraits.None;

        public int GetMaxLength(int sourceLength) => 1;

        public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten)
        {
            charsWritten = 0;
            return false;
        }

        public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten)
        {
            bytesWritten = 0;
            return false;
        }
    }
}
