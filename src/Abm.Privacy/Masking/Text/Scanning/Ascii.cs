using System.Runtime.CompilerServices;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>Questions about one unit's value that <see cref="char"/> answers for UTF-16 alone.</summary>
internal static class Ascii
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDigit(int value) => (uint)(value - '0') <= 9;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLetter(int value) => (uint)((value | 0x20) - 'a') <= 'z' - 'a';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLetterOrDigit(int value) => IsDigit(value) || IsLetter(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsHexDigit(int value) => IsDigit(value) || (uint)((value | 0x20) - 'a') <= 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Upper(int value) => (uint)(value - 'a') <= 'z' - 'a' ? value - 32 : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Lower(int value) => (uint)(value - 'A') <= 'Z' - 'A' ? value + 32 : value;
}
