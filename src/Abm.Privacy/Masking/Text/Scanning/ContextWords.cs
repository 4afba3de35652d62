using System.Collections.Frozen;
using System.Runtime.Intrinsics;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// Which kinds the words beside a candidate speak of. A character that is not ASCII stands as a question mark in the list,
/// so that one list serves with and without accents.
/// </summary>
internal static class ContextWords
{
    private const int MaxRunesBefore = 40;
    private const int MaxRunesBehind = 14;
    private const int MaxWord = 20;

    private static readonly (TextKind Kind, string Words)[] Lists =
    [
        (TextKind.Phone, "phone phones telephone telefone tel tels tlf fon mobile mobil cell cellular cellphone fax call calling dialing sms whatsapp "
            + "answering hotline landline office telefon handy handynummer rufnummer telefonnummer mobilnummer durchwahl anrufen anruf ruf festnetz portable appeler appelez "
            + "t?l t?l?phone mobiltelefon celular fone ligue ligar telefono tel?fono m?vil cellulare chiamare llamar llame telefoon mobiel telefonu kom?rka komorka"),
        (TextKind.UsSsn, "ssn ssns social security socialsecuritynumber"),
        (TextKind.CaSin, "sin nas sins"),
        (TextKind.UkNino, "nino insurance ni"),
        (TextKind.DeTaxId, "steuer steuerid steueridentifikationsnummer identifikationsnummer idnr tin tax steuernummer steuerliche"),
        (TextKind.FrNir, "nir insee s?curit? securite sociale"),
        (TextKind.PlPesel, "pesel"),
        (TextKind.PlNip, "nip podatkowy vat podatnika"),
        (TextKind.BrCpf, "cpf contribuinte"),
        (TextKind.BrCnpj, "cnpj"),
        (TextKind.EsDni, "dni nie nif documento identidad"),
        (TextKind.PaymentCard, "card cards credit debit visa mastercard maestro amex karte kreditkarte carte carta tarjeta kaart cart?o cartao"),
    ];

    private static readonly string BehindWords = "office fax mobile cell home work phone telephone tel direct mobil telefon handy";

    private static readonly FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> Before = Compile(Lists);

    private static readonly FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> Behind = Compile([(TextKind.Phone, BehindWords)]);

    /// <summary>Lengths of the words that begin with a letter, as bits: what is in no list is seldom looked up.</summary>
    private static readonly uint[] Lengths = MeasureWords();

    /// <summary>The kinds, as bits, that the words of the line before and right behind a candidate speak of.</summary>
    public static uint Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        FindBefore(ref window, start) | FindBehind(ref window, end);

    /// <summary>Whether one of the words ends right before a candidate.</summary>
    public static bool IsRightBefore<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<char> word = stackalloc char[MaxWord];
        var length = 0;
        while (length < MaxWord && Ascii.IsLetter(window.Behind(start - 1 - length)))
        {
            word[MaxWord - 1 - length] = (char)Ascii.Lower(window[start - 1 - length]);
            length++;
        }

        return LookUp(Before, word[^length..], length) != 0;
    }

    private static uint FindBefore<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (!HasLetters(ref window, start))
        {
            return 0;
        }

        Span<char> word = stackalloc char[MaxWord];
        uint kinds = 0;
        var (length, isLower) = (0, false);
        for (int i = start - 1, runes = 0; runes <= MaxRunesBefore; runes++, i--)
        {
            var value = window[i];
            if (value >= 128)
            {
                window.RuneBefore(i + 1, out var width);
                i -= Math.Max(width, 1) - 1;
                value = '?';
            }

            var isLetter = value == '?' || Ascii.IsLetter(value);
            var isUpper = value is >= 'A' and <= 'Z';
            if (!isLetter || (!isUpper && length > 0 && !isLower))
            {
                // the word ends here, or at a small letter before capitals
                kinds |= LookUp(Before, word[^Math.Min(length, MaxWord)..], length);
                length = 0;
            }

            if (value is 0 or '\n' or '\r')
            {
                return kinds;
            }

            if (isLetter)
            {
                if (length < MaxWord)
                {
                    word[MaxWord - 1 - length] = (char)Ascii.Lower(value);
                }

                length++;
                if (isUpper && isLower)
                {
                    // a capital before small letters begins a word, as in mobilePhone
                    kinds |= LookUp(Before, word[^Math.Min(length, MaxWord)..], length);
                    length = 0;
                }

                isLower = !isUpper;
            }
        }

        return kinds;
    }

    /// <summary>False only if no word stands before: what rows of numbers mostly are.</summary>
    private static bool HasLetters<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        const int Seen = MaxRunesBefore + 1;
        if (start < Seen)
        {
            return true;
        }

        ref readonly var units = ref window.Text[start - Seen];
        return IsLetterOrOther(TText.Load32(in units, 0)) || IsLetterOrOther(TText.Load32(in units, Seen - 32));

        static bool IsLetterOrOther(Vector256<byte> units)
        {
            var letters = Vector256.LessThanOrEqual((units | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)25));
            return (letters | units).ExtractMostSignificantBits() != 0;
        }
    }

    private static uint FindBehind<TUnit, TText>(ref TextWindow<TUnit, TText> window, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<char> word = stackalloc char[MaxRunesBehind];
        var i = end;
        while (window[i] is ' ' or '-' or '(' or ',' or ':' && i - end < 3)
        {
            i++;
        }

        var length = 0;
        for (; length < word.Length && Ascii.IsLetter(window[i]); i++, length++)
        {
            word[length] = (char)Ascii.Lower(window[i]);
        }

        return LookUp(Behind, word[..length], length);
    }

    private static uint LookUp(FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> words, ReadOnlySpan<char> word, int length)
    {
        if (length is < 2 or > MaxWord || (Lengths[word[0] & 31] & 1u << length) == 0)
        {
            return 0;
        }

        return words.TryGetValue(word, out var kinds) ? kinds : 0;
    }

    private static FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> Compile((TextKind Kind, string Words)[] lists) =>
        lists.SelectMany(list => list.Words.Split(' ').Select(word => (Word: word, Bit: 1u << (int)list.Kind)))
            .GroupBy(entry => entry.Word, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Aggregate(0u, (bits, entry) => bits | entry.Bit), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private static uint[] MeasureWords()
    {
        var lengths = new uint[32];
        foreach (var word in Lists.SelectMany(list => list.Words.Split(' ')).Concat(BehindWords.Split(' ')))
        {
            lengths[word[0] & 31] |= 1u << word.Length;
        }

        return lengths;
    }
}
