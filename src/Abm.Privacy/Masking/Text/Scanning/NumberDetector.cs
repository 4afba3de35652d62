using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>Everything that begins with digits, decided at the first digit of a group by what stands before and behind it.</summary>
internal static class NumberDetector
{
    /// <param name="window">The text.</param>
    /// <param name="position">The first digit of a group.</param>
    /// <param name="plan">What is looked for.</param>
    /// <param name="end">Where the next number may begin, if this is none.</param>
    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, int position, ScanPlan plan, ref int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (window[position - 1] == 'u' && window.EscapeBefore(position + 4) > 0)
        {
            // the digits of an escape of JSON, and only then the number
            position += 4;
            if (!window.IsDigit(position))
            {
                return default;
            }
        }

        var start = position;
        var before = window.Behind(start - 1);
        var isOpen = before == '(';
        if (isOpen)
        {
            start--;
            before = window.Behind(start - 1);
        }

        var isInternational = before == '+';
        if (isInternational)
        {
            start--;
            before = window.Behind(start - 1);
            if (before == '(' && !isOpen)
            {
                start--;
                before = window.Behind(start - 1);
            }
        }
        else if (start == position && IsEscapedPlus(ref window, start))
        {
            (isInternational, start) = (true, window.StartOfEscapes(start - 6));
            before = window.Behind(start - 1);
        }

        if (start > window.Floor && before != 0 && window.IsWordBefore(start) && !BeginsAfterWord(ref window, start))
        {
            return FindInWord(ref window, position, start, plan);
        }

        var beforeDigit = Ascii.IsDigit(window.Behind(start - 2));
        if (before == ':' && beforeDigit && window[position + 2] == '.' && window.IsDigit(position + 3))
        {
            // seconds and their fraction
            end = position + 3;
            while (end - position < 16 && window.IsDigit(end))
            {
                end++;
            }

            return default;
        }

        // a part of something longer: only what is sure by itself counts
        var isJoined = before is '.' or '-' or '/' && beforeDigit && !isInternational;
        if (!isInternational)
        {
            if (DateShapes.FindIsoEnd(ref window, position) is var dateEnd and > 0)
            {
                end = dateEnd;
                return default;
            }
        }

        var run = NumberRun.Read(ref window, position);
        if (run.Count == 0)
        {
            return default;
        }

        if (!isInternational && !(isJoined && before == '.') && IpDetector.FindIpv4(ref window, run) is { IsNone: false } address)
        {
            end = address.End;
            return plan.Finds(TextKind.IpAddress) ? address : default;
        }

        var date = isInternational ? -1 : DateShapes.Find(run);
        if (date == 0)
        {
            end = run.End(2);
            return default;
        }

        if (date > 0)
        {
            run.CutBefore(date);
        }

        if (before == ' ' && Ascii.Upper(window.Behind(start - 2)) is 'A' or 'B' && window.Behind(start - 3) == '2' && plan.Finds(TextKind.FrNir)
            && NationalIdDetector.FindCorsican(ref window, run, start - 2) is { IsNone: false } corsican)
        {
            return corsican;
        }

        var phone = new Findings(plan, start);
        if (isInternational && plan.Finds(TextKind.Phone))
        {
            PhoneDetector.Find(ref window, run, isInternational, isOpen, isRow: false, ref phone);
            if (!phone.Best.IsNone)
            {
                return phone.Best;
            }
        }

        var findings = new Findings(plan, position);
        FindPlain(ref window, run, before, isJoined, ref findings);
        if (isJoined)
        {
            return findings.Best.Score >= Math.Max(plan.MinScore, Scores.Likely) ? findings.Best : default;
        }

        if (!isInternational && plan.Finds(TextKind.Phone) && findings.Best.Kind != TextKind.PaymentCard)
        {
            PhoneDetector.Find(ref window, run, isInternational, isOpen, before == ' ' && beforeDigit, ref phone);
        }

        uint? words = null;
        return Choose(findings.Resolve(ref window, ref words), phone.Resolve(ref window, ref words));
    }

    /// <summary>A plus sign as serializers of JSON write it.</summary>
    private static bool IsEscapedPlus<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        start - 6 >= window.Floor && window.EscapeBefore(start) == 6 && window[start - 4] == '0' && window[start - 3] == '0' && window[start - 2] == '2' && (window[start - 1] | 0x20) == 'b';

    /// <summary>The word right before the digits says what they are (<c>SSN123-45-6789</c>), or is the format code of a card's track.</summary>
    private static bool BeginsAfterWord<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        Ascii.IsLetter(window.Behind(start - 1))
        && ((window.Behind(start - 2) == '%' && (window[start - 1] | 0x20) == 'b') || ContextWords.IsRightBefore(ref window, start));

    /// <summary>An identifier with a check digit is itself also where a phone number of the same digits would go on.</summary>
    private static Hit Choose(Hit identifier, Hit phone)
    {
        if (identifier.IsNone)
        {
            return phone;
        }

        return !phone.IsNone && phone.End > identifier.End ? phone with { Start = Math.Min(phone.Start, identifier.Start) }
            : !phone.IsNone && phone.Score > identifier.Score && phone.End == identifier.End ? phone
            : identifier;
    }

    private static void FindPlain<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, int before, bool isJoined, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (CardDetector.Find(ref window, run, before, isJoined) is { IsNone: false } card)
        {
            findings.Add(card.Kind, card.End, card.Score);
        }

        NationalIdDetector.Find(ref window, run, ref findings);
    }

    /// <summary>Digits right behind a letter: a NIE, or a NIR of Corsica.</summary>
    private static Hit FindInWord<TUnit, TText>(ref TextWindow<TUnit, TText> window, int position, int start, ScanPlan plan)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var letter = Ascii.Upper(window.Behind(start - 1));
        if (letter is >= 'X' and <= 'Z' && plan.Finds(TextKind.EsDni) && (start - 1 == window.Floor || !window.IsWordBefore(start - 1)))
        {
            var run = NumberRun.Read(ref window, position);
            var findings = new Findings(plan, start - 1);
            NationalIdDetector.FindNie(ref window, run, start - 1, ref findings);
            return findings.Best;
        }

        return letter is 'A' or 'B' && window.Behind(start - 2) == '2' && plan.Finds(TextKind.FrNir)
            ? NationalIdDetector.FindCorsican(ref window, NumberRun.Read(ref window, position), start - 1)
            : default;
    }
}
