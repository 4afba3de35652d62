using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks an international bank account number: <c>DE89 3704 0044 0532 0130 00</c> becomes <c>DE***3000</c>.
/// </summary>
/// <remarks>
/// Shown are the country, whose numbers all have one length, and the last four characters; groups are not kept. A number
/// is upper or lower case, with at most one space between two characters; country, length and check digits (ISO 13616)
/// must be right. Anything else is masked whole as <c>***</c>. What is shown is upper case.
/// </remarks>
public readonly struct IbanMask : IMask, IAsciiForm
{
    private const int Last = 4;
    private const int MaskedLength = 2 + Stars.Count + Last;

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => AsciiForm.Bound(sourceLength, MaskedLength);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        AsciiForm.TryMask<char, Utf16Text, IbanMask>(source, destination, this, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        AsciiForm.TryMask<byte, Utf8Text, IbanMask>(utf8, destination, this, out bytesWritten);

    bool IAsciiForm.TryWrite(ReadOnlySpan<byte> value, Span<byte> masked, out int length)
    {
        length = MaskedLength;
        Span<byte> compact = stackalloc byte[AsciiForm.MaxLength];
        var count = 0;
        var previous = (byte)' ';
        foreach (var c in value)
        {
            if (c != ' ')
            {
                compact[count++] = AsciiForm.ToUpper(c);
            }
            else if (previous == ' ')
            {
                return false;
            }

            previous = c;
        }

        if (previous == ' ' || !Iban.IsValid(compact[..count]))
        {
            return false;
        }

        compact[..2].CopyTo(masked);
        AsciiForm.WriteStars(masked[2..]);
        compact[(count - Last)..count].CopyTo(masked[(2 + Stars.Count)..]);
        return true;
    }
}
