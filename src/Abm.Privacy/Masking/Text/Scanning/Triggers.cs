using System.Runtime.CompilerServices;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// Where in a block something may begin, one bit for each unit. Bits are found by shifting and joining those of
/// <see cref="BlockBits"/>; only here does a detector look closer.
/// </summary>
internal struct Triggers
{
    private const int MinNumber = 7;

    /// <summary>The first digit of a group in a row of groups that goes on for seven units or more.</summary>
    public ulong Numbers;

    /// <summary>The commercial at of an e-mail address.</summary>
    public ulong Ats;

    /// <summary>The first letters of an IBAN or NINO.</summary>
    public ulong Codes;

    /// <summary>The first unit of a codice fiscale or of a CNPJ with letters.</summary>
    public ulong Words;

    /// <summary>The first unit of a MAC address.</summary>
    public ulong Macs;

    /// <summary>A colon of an IPv6 address.</summary>
    public ulong Colons;

    /// <summary>The first of the texts that begin a URL, a token or a key.</summary>
    public ulong Literals;

    /// <summary>An equals sign, or a colon that does not part the numbers of a time: what stands before it may name a secret.</summary>
    public ulong Names;

    public readonly ulong All => Numbers | Ats | Codes | Words | Macs | Colons | Literals | Names;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Triggers Find(in BlockBits before, in BlockBits bits, in BlockBits behind)
    {
        var words = bits.Letters | bits.Digits;
        var wordsBehind = behind.Letters | behind.Digits;
        var starts = words & ~Earlier(before.Letters | before.Digits, words, 1);
        if ((bits.Backslashes | before.Backslashes) != 0)
        {
            // behind \n and \u0022 a word begins
            starts |= words & (Earlier(before.Backslashes, bits.Backslashes, 2) | Earlier(before.Backslashes, bits.Backslashes, 6));
        }

        var triggers = new Triggers
        {
            Ats = bits.Ats & Later(words | bits.Others, wordsBehind | behind.Others, 1),
            Macs = FindMacs(bits, behind, starts),
            Literals = bits.Literals & (starts | bits.Colons),
            Names = bits.Assignments,
        };
        if (bits.Colons != 0)
        {
            triggers.Colons = FindColons(before, bits, behind);
            triggers.Names |= bits.Colons & ~(Earlier(before.Digits, bits.Digits, 1) & Later(bits.Digits, behind.Digits, 1) & Later(bits.Digits, behind.Digits, 2)) & ~Earlier(before.Colons, bits.Colons, 1);
        }

        // nothing else is without a digit
        if ((bits.Digits | behind.Digits) != 0)
        {
            triggers.Numbers = FindNumbers(before, bits, behind);
            triggers.Codes = FindCodes(bits, behind, starts);
            triggers.Words = FindFiscalCodes(bits, behind, words, wordsBehind) & starts | FindCompanies(bits, behind, starts);
        }

        return triggers;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Later(ulong bits, ulong behind, int count) => bits >> count | behind << (64 - count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Earlier(ulong before, ulong bits, int count) => bits << count | before >> (64 - count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FindNumbers(in BlockBits before, in BlockBits bits, in BlockBits behind)
    {
        var run = Runs(before.Digits, bits.Digits, behind.Digits, before.Separators, bits.Separators, behind.Separators);

        // only the first units of what lies behind count, so that what follows it makes no difference
        var next = Runs(bits.Digits, behind.Digits, 0, bits.Separators, behind.Separators, 0);
        var (two, twoNext) = (run & Later(run, next, 1), next & next >> 1);
        var (four, fourNext) = (two & Later(two, twoNext, 2), twoNext & twoNext >> 2);
        var seven = four & Later(four, fourNext, MinNumber - 4);
        return seven & bits.Digits & ~Earlier(before.Digits, bits.Digits, 1) & ~FindRows(before, bits, behind);
    }

    /// <summary>Single digits, parted by anything but the dots of an address, or by dots behind others: a list or a board of numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FindRows(in BlockBits before, in BlockBits bits, in BlockBits behind)
    {
        // a no-break space is one unit in one encoding and two in the other
        var (marks, marksBehind) = (bits.Separators & ~(bits.Dots | bits.Others), behind.Separators & ~(behind.Dots | behind.Others));
        var parted = Later(marks, marksBehind, 1) & Later(marks, marksBehind, 3);
        var dotted = Earlier(before.Dots, bits.Dots, 1) & Earlier(before.Digits, bits.Digits, 2) & Later(bits.Dots, behind.Dots, 1) & Later(bits.Dots, behind.Dots, 3);
        return (parted | dotted) & Later(bits.Digits, behind.Digits, 2);
    }

    /// <summary>Digits, and one or two separators between two of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Runs(ulong digitsBefore, ulong digits, ulong digitsBehind, ulong separatorsBefore, ulong separators, ulong separatorsBehind)
    {
        var beforeOne = Earlier(digitsBefore, digits, 1);
        var one = beforeOne & Later(digits, digitsBehind, 1);
        var first = beforeOne & Later(separators, separatorsBehind, 1) & Later(digits, digitsBehind, 2);
        var second = Earlier(digitsBefore, digits, 2) & Earlier(separatorsBefore, separators, 1) & Later(digits, digitsBehind, 1);
        return digits | separators & (one | first | second);
    }

    /// <summary>Two letters and two digits, or as a NINO is spaced.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FindCodes(in BlockBits bits, in BlockBits behind, ulong starts)
    {
        var letters = starts & bits.Letters & Later(bits.Letters, behind.Letters, 1);
        if (letters == 0)
        {
            return 0;
        }

        ulong Digit(int at, in BlockBits bits, in BlockBits behind) => Later(bits.Digits, behind.Digits, at);
        ulong Separator(int at, in BlockBits bits, in BlockBits behind) => Later(bits.Separators, behind.Separators, at);
        var joined = Digit(2, bits, behind) & Digit(3, bits, behind);
        var spaced = Separator(2, bits, behind) & Digit(3, bits, behind) & Digit(4, bits, behind);
        var more = Separator(5, bits, behind) & Digit(6, bits, behind) | Digit(5, bits, behind) & Digit(6, bits, behind) & Digit(7, bits, behind);
        return letters & (joined | spaced & more);
    }

    /// <summary>Sixteen letters and digits, the first six of them letters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FindFiscalCodes(in BlockBits bits, in BlockBits behind, ulong words, ulong wordsBehind)
    {
        var (two, twoBehind) = (words & Later(words, wordsBehind, 1), wordsBehind & wordsBehind >> 1);
        var (four, fourBehind) = (two & Later(two, twoBehind, 2), twoBehind & twoBehind >> 2);
        var (eight, eightBehind) = (four & Later(four, fourBehind, 4), fourBehind & fourBehind >> 4);
        var sixteen = eight & Later(eight, eightBehind, 8) & ~Later(words, wordsBehind, 16);
        if (sixteen == 0)
        {
            return 0;
        }

        var letters = bits.Letters;
        for (var i = 1; i < 6; i++)
        {
            letters &= Later(bits.Letters, behind.Letters, i);
        }

        return sixteen & letters;
    }

    /// <summary>Separators where a CNPJ has them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FindCompanies(in BlockBits bits, in BlockBits behind, ulong starts) =>
        starts
        & Later(bits.Separators, behind.Separators, 2)
        & Later(bits.Separators, behind.Separators, 6)
        & Later(bits.Separators, behind.Separators, 10)
        & Later(bits.Separators, behind.Separators, 15);

    /// <summary>Colons or hyphens behind each pair, or dots behind each four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FindMacs(in BlockBits bits, in BlockBits behind, ulong starts)
    {
        var (marks, marksBehind) = (bits.Separators | bits.Colons, behind.Separators | behind.Colons);
        var pairs = Later(marks, marksBehind, 2) & Later(marks, marksBehind, 5) & Later(marks, marksBehind, 8) & Later(marks, marksBehind, 11) & Later(marks, marksBehind, 14);
        var fours = Later(bits.Dots, behind.Dots, 4) & Later(bits.Dots, behind.Dots, 9);
        return starts & (pairs | fours);
    }

    /// <summary>Two colons in a row, or four with at most four units between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FindColons(in BlockBits before, in BlockBits bits, in BlockBits behind)
    {
        var pairs = bits.Colons & Later(bits.Colons, behind.Colons, 1) & ~Earlier(before.Colons, bits.Colons, 1);
        var (one, oneBehind) = (bits.Colons, behind.Colons);
        for (var i = 0; i < 3; i++)
        {
            (one, oneBehind) = (
                one & (Later(one, oneBehind, 2) | Later(one, oneBehind, 3) | Later(one, oneBehind, 4) | Later(one, oneBehind, 5)),
                oneBehind & (oneBehind >> 2 | oneBehind >> 3 | oneBehind >> 4 | oneBehind >> 5));
        }

        return pairs | one;
    }
}
