using System.Collections.Frozen;
using System.Numerics;
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
    /// <summary>What stands in the lists for every character that is not ASCII.</summary>
    private const char Other = '?';

    private const int MinWord = 2;
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

    /// <summary>The letters with which a word behind a candidate begins, as bits.</summary>
    private static readonly uint FirstBehind = BehindWords.Split(' ').Aggregate(0u, (bits, word) => bits | 1u << (word[0] & 31));

    /// <summary>Lengths of the words that begin with a letter, as bits: what is in no list is seldom looked up.</summary>
    private static readonly uint[] Lengths = MeasureWords();

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

    /// <summary>The kinds, as bits, that the words before a candidate, on its line, speak of.</summary>
    public static uint FindBefore<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        const int Length = BlockBits.Length;
        const int First = Length - 1 - MaxRunesBefore;
        if (start < Length)
        {
            return FindBeforeByUnits(ref window, start);
        }

        ref readonly var block = ref window.Text[start - Length];
        var (low, high) = (TText.Load32(in block, 0), TText.Load32(in block, 32));
        if ((BlockBits.Join(low.ExtractMostSignificantBits(), high.ExtractMostSignificantBits()) >> First) != 0)
        {
            return FindBeforeByUnits(ref window, start);
        }

        var letters = BlockBits.Join(BlockBits.InRange(low | Vector256.Create((byte)0x20), 'a', 25), BlockBits.InRange(high | Vector256.Create((byte)0x20), 'a', 25));
        if (letters >> First == 0)
        {
            return 0;
        }

        var capitals = BlockBits.Join(BlockBits.InRange(low, 'A', 25), BlockBits.InRange(high, 'A', 25));
        var stops = BlockBits.Join(AreStops(low), AreStops(high)) >> First << First;
        var small = letters & ~capitals;

        // a capital before small letters begins a word, and so does one behind a small letter, as in mobilePhone
        var titles = capitals & small >> 1;
        var starts = letters & (~(letters << 1) | capitals & small << 1) | titles;
        var seen = starts >> (First + 1) << (First + 1) | titles & 1UL << First;
        seen &= stops == 0 ? ulong.MaxValue : ~((2UL << BitOperations.Log2(stops)) - 1);
        var ends = ~letters | starts;
        Span<char> word = stackalloc char[MaxWord];
        uint kinds = 0;
        for (; seen != 0; seen &= seen - 1)
        {
            var at = BitOperations.TrailingZeroCount(seen);
            var length = BitOperations.TrailingZeroCount(ends & ~((2UL << at) - 1)) - at;
            if (!MayContain(TText.Value(window.Text[start - Length + at]), length))
            {
                continue;
            }

            for (var i = 0; i < length; i++)
            {
                word[i] = (char)Ascii.Lower(TText.Value(window.Text[start - Length + at + i]));
            }

            kinds |= LookUp(Before, word[..length], length);
        }

        return kinds;

        static uint AreStops(Vector256<byte> units) =>
            (Vector256.Equals(units, Vector256<byte>.Zero) | Vector256.Equals(units, Vector256.Create((byte)'\n')) | Vector256.Equals(units, Vector256.Create((byte)'\r'))).ExtractMostSignificantBits();
    }

    /// <summary>The same one by one: at the start of a text, and behind other scripts.</summary>
    private static uint FindBeforeByUnits<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<char> word = stackalloc char[MaxWord];
        uint kinds = 0;
        var (length, isSmall) = (0, false);
        for (int i = start - 1, runes = 0; runes <= MaxRunesBefore; runes++, i--)
        {
            var value = window[i];
            var isLetter = value >= 128 || Ascii.IsLetter(value);
            if (value >= 128)
            {
                window.RuneBefore(i + 1, out var width);
                i -= Math.Max(width, 1) - 1;
                value = Other;
            }

            var isCapital = value is >= 'A' and <= 'Z';
            if (!isLetter || (!isCapital && length > 0 && !isSmall))
            {
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
                if (isCapital && isSmall)
                {
                    kinds |= LookUp(Before, word[^Math.Min(length, MaxWord)..], length);
                    length = 0;
                }
            }

            isSmall = isLetter && !isCapital;
        }

        return kinds;
    }

    /// <summary>The kinds that the word right behind a candidate speaks of.</summary>
    public static uint FindBehind<TUnit, TText>(ref TextWindow<TUnit, TText> window, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var i = end;
        while (window[i] is ' ' or '-' or '(' or ',' or ':' && i - end < 3)
        {
            i++;
        }

        if ((FirstBehind >> (window[i] & 31) & 1) == 0)
        {
            return 0;
        }

        Span<char> word = stackalloc char[MaxRunesBehind];
        var length = 0;
        for (; length < word.Length && Ascii.IsLetter(window[i]); i++, length++)
        {
            word[length] = (char)Ascii.Lower(window[i]);
        }

        return LookUp(Behind, word[..length], length);
    }

    private static uint LookUp(FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> words, ReadOnlySpan<char> word, int length) =>
        length >= MinWord && MayContain(word[0], length) && words.TryGetValue(word, out var kinds) ? kinds : 0;

    private static bool MayContain(int first, int length) => length is >= MinWord and <= MaxWord && (Lengths[first & 31] & 1u << length) != 0;

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
