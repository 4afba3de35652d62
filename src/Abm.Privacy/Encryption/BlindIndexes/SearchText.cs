using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// The frozen rule <c>text-v1</c> for texts that are searched for: invisible format characters (category Cf, such as the
/// soft hyphen) removed, NFKC (UAX 15), invariant upper then lower case of single characters, NFKC again; white space
/// trimmed and every run of it one space. Accents stay, and sharp s stays: they tell names apart.
/// </summary>
internal static class SearchText
{
    private const int MaxStackLength = 256;

    // without the platform's Unicode data the same name would get another normal text, and so another index value
    private static readonly Lazy<bool> HasUnicodeData = new(() => "\uFB01A\u030A".Normalize(NormalizationForm.FormKC) == "fi\u00C5");

    /// <summary>The greatest length of the normal text.</summary>
    public static int GetMaxLength(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // twice, as the change of case may part what the first NFKC had composed
        return Ascii.IsValid(text) ? text.Length : 2 * Math.Max(text.Length, GetNormalizedLength(text));
    }

    /// <summary>Writes the normal text into at least <see cref="GetMaxLength"/> characters.</summary>
    public static int Normalize(string text, Span<char> destination) =>
        CollapseSpaces(destination, Ascii.IsValid(text) ? FoldAscii(text, destination) : FoldUnicode(text, destination));

    public static string Normalize(string text)
    {
        var maxLength = GetMaxLength(text);
        Span<char> buffer = maxLength <= MaxStackLength ? stackalloc char[MaxStackLength] : new char[maxLength];
        var normal = buffer[..Normalize(text, buffer)].ToString();
        Clear(buffer);
        return normal;
    }

    private static int FoldAscii(string text, Span<char> destination)
    {
        Ascii.ToLower(text, destination, out var written);
        return written;
    }

    private static int FoldUnicode(string text, Span<char> destination)
    {
        Span<char> buffer = destination.Length <= MaxStackLength ? stackalloc char[MaxStackLength] : new char[destination.Length];
        buffer = buffer[..destination.Length];
        try
        {
            var composed = Compose(destination[..CopyVisible(text, destination)], buffer);
            ReadOnlySpan<char> upper = destination[..MemoryExtensions.ToUpperInvariant(composed, destination)];
            return Compose(buffer[..upper.ToLowerInvariant(buffer)], destination).Length;
        }
        finally
        {
            Clear(buffer);
        }
    }

    private static int CopyVisible(string text, Span<char> destination)
    {
        var written = 0;
        for (var i = 0; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length) != OperationStatus.Done)
            {
                throw new ArgumentException("The text holds half of a surrogate pair. Use valid Unicode text.", nameof(text));
            }

            i += length;
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                written += rune.EncodeToUtf16(destination[written..]);
            }
        }

        return written;
    }

    private static Span<char> Compose(ReadOnlySpan<char> text, Span<char> destination) =>
        text.TryNormalize(destination, out var written, NormalizationForm.FormKC)
            ? destination[..written]
            : throw new InvalidOperationException("A normal text is longer than was reckoned.");

    private static int GetNormalizedLength(string text)
    {
        if (!HasUnicodeData.Value)
        {
            throw new PlatformNotSupportedException("Searching for text that is not ASCII needs the platform's Unicode data (ICU). Install ICU and do not set InvariantGlobalization; otherwise the same name would get different index values on different machines.");
        }

        try
        {
            return text.AsSpan().GetNormalizedLength(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text.Length; // not valid Unicode: the copying says so
        }
    }

    private static int CollapseSpaces(Span<char> text, int length)
    {
        var written = 0;
        for (var i = 0; i < length; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                text[written++] = text[i];
            }
            else if (written > 0 && text[written - 1] != ' ')
            {
                text[written++] = ' ';
            }
        }

        return written > 0 && text[written - 1] == ' ' ? written - 1 : written;
    }

    private static void Clear(Span<char> text) => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(text));
}
