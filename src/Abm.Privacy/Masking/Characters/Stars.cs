using System.Runtime.CompilerServices;

namespace Abm.Privacy.Masking.Characters;

/// <summary>The run of mask characters that stands for whatever is hidden.</summary>
internal static class Stars
{
    /// <summary>The length of the run; fixed, so that it hides the length.</summary>
    public const int Count = 3;

    public const string Text = "***";

    public const char Star = '*';

    /// <summary>Masks a value whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWrite<TUnit, TText>(Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (destination.Length < Count)
        {
            written = 0;
            return false;
        }

        Write<TUnit, TText>(destination);
        written = Count;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<TUnit, TText>(Span<TUnit> destination)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        destination[2] = TText.Unit(Star);
        destination[1] = TText.Unit(Star);
        destination[0] = TText.Unit(Star);
    }

    /// <summary>The length of a source plus what a mask may add to it.</summary>
    public static int Bound(int sourceLength, int added)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceLength);
        return (int)Math.Min((long)sourceLength + added, Array.MaxLength);
    }
}
