using System.Text.RegularExpressions;
using Abm.Privacy.Masking;

namespace Abm.Privacy.Tests.Masking;

public class EmailMaskContract : MaskContract<EmailMask>
{
    protected override IReadOnlyList<EmailMask> Masks => [default];

    protected override IReadOnlyList<string> Values =>
    [
        "jane.doe@example.com", "j@example.com", "jd@example.com", "a@b.co", "jane@sub.example.co.uk", "\u00E9lodie@m\u00FCller.example",
        "a.person.with.a.long.name@a-company-with-a-long-name.example.com", "not an address", "jane@@example.com", "jane@example.com.", "jane.doe@example.com.", "\u6F22\u5B57@example.jp",
    ];

    protected override void ShowsNoMoreThanItStates(EmailMask mask, string value, string masked)
    {
        if (masked is "***" or "")
        {
            return;
        }

        var at = value.LastIndexOf('@');
        var local = Texts.Clusters(value[..at]);
        var domain = value[at..];
        Assert.EndsWith("***" + domain, masked, StringComparison.Ordinal);
        ShowsAnInitial(local, masked[..^(domain.Length + 3)]);
        Assert.DoesNotContain('@', value[..at]);
    }

    internal static void ShowsAnInitial(string[] clusters, string shown)
    {
        Assert.True(shown.Length == 0 || shown == clusters[0], "The initial is not the first cluster.");
        Assert.True(2 * shown.Length <= clusters.Sum(cluster => cluster.Length), "The initial is more than half.");
        Assert.True(shown.Length == 0 || clusters.Length > 1, "The only cluster is shown.");
    }
}

public class PersonNameMaskContract : MaskContract<PersonNameMask>
{
    protected override IReadOnlyList<PersonNameMask> Masks => [default];

    protected override IReadOnlyList<string> Values =>
        ["Jane Doe", "J", "Anne-Marie  van der Berg ", "\u674E\u660E", "\u0395\u03BB\u03AD\u03BD\u03B7 \u03A0", "\u0915\u094D\u0937\u093F\u0924\u093F\u091C", "a b c d e f g h i j k", "e\u0301milie"];

    protected override void ShowsNoMoreThanItStates(PersonNameMask mask, string value, string masked)
    {
        if (masked is "***" or "")
        {
            return;
        }

        var words = new List<string[]>();
        var word = new List<string>();
        foreach (var cluster in Texts.Clusters(value).Append(" "))
        {
            if (!string.IsNullOrWhiteSpace(cluster))
            {
                word.Add(cluster);
            }
            else if (word.Count > 0)
            {
                words.Add([.. word]);
                word.Clear();
            }
        }

        var shown = Regex.Matches(masked, @"(?s)(.*?)\*\*\*(?: |$)");
        if (!value.Contains('*', StringComparison.Ordinal))
        {
            Assert.Equal(words.Count, shown.Count);
            Assert.Equal(masked, string.Concat(shown.Select(match => match.Value)));
            Assert.All(words.Zip(shown), pair => EmailMaskContract.ShowsAnInitial(pair.First, pair.Second.Groups[1].Value));
        }

        Assert.InRange(words.Count, 1, 10);
    }
}

public class PhoneMaskContract : MaskContract<PhoneMask>
{
    protected override IReadOnlyList<PhoneMask> Masks => [default, new(), new(3), new(4)];

    protected override IReadOnlyList<string> Values => ["+49 170 1234567", "(555) 123-4567", "0170/1234567", "123456", "1234567", "12345678", "555-1234 ext. 9"];

    protected override void ShowsNoMoreThanItStates(PhoneMask mask, string value, string masked)
    {
        var digits = string.Concat(value.Where(char.IsAsciiDigit));
        if (masked is not ("***" or ""))
        {
            Assert.Equal("***" + digits[^mask.LastDigits..], masked);
            Assert.True(2 * mask.LastDigits <= digits.Length);
        }
    }
}

public class PaymentCardMaskContract : MaskContract<PaymentCardMask>
{
    protected override IReadOnlyList<PaymentCardMask> Masks => [default];

    protected override IReadOnlyList<string> Values =>
        ["4111 1111 1111 1111", "4111-1111-1111-1111", "378282246310005", "123456789012", "1234567890123", "1234567890123456789", "12345678901", "4111  111111111111", "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9"];

    protected override void ShowsNoMoreThanItStates(PaymentCardMask mask, string value, string masked)
    {
        if (masked is "***" or "")
        {
            return;
        }

        var digits = 0;
        var count = value.Count(char.IsAsciiDigit);
        for (var i = 0; i < value.Length; i++)
        {
            digits += char.IsAsciiDigit(value[i]) ? 1 : 0;
            var hidden = char.IsAsciiDigit(value[i]) && digits > Math.Min(6, count - 8) && digits <= count - 4;
            Assert.Equal(hidden ? '*' : value[i], masked[i]);
        }

        Assert.InRange(count, 12, 19);
        Assert.True(masked.Count(c => c == '*') >= 4);
    }
}

public class KeepMaskContract : MaskContract<KeepMask>
{
    protected override IReadOnlyList<KeepMask> Masks { get; } =
    [
        default,
        .. from ends in new[] { (0, 4), (1, 0), (0, 1), (2, 2), (3, 1) }
           from unit in Enum.GetValues<MaskUnit>()
           from preserve in new[] { false, true }
           select new KeepMask(ends.Item1, ends.Item2) { Unit = unit, PreserveLength = preserve },
        new(1, 2) { MaskLength = 1, MaskCharacter = '#' },
        new(0, 4) { MaskLength = 64 },
        new(2, 2) { MaskCharacter = 'x', PreserveLength = true, Unit = MaskUnit.Rune },
    ];

    protected override string Whole(KeepMask mask) => new(mask.MaskCharacter, mask.MaskLength);

    protected override IReadOnlyList<string> Values =>
        ["customer-70215", "1234", "12345678", "a\r\nb", "\r\nabcdefgh\r\n", "e\u0301e\u0301e\u0301e\u0301", "ab\U0001F468\u200D\U0001F469\u200D\U0001F467", "\u6F22\u5B57\u6F22\u5B57\u6F22\u5B57\u6F22\u5B57\u6F22\u5B57"];

    protected override void ShowsNoMoreThanItStates(KeepMask mask, string value, string masked)
    {
        var all = Texts.Clusters(value);
        if (all.Any(cluster => cluster.Length > 32))
        {
            Assert.Equal(Whole(mask), masked);
            return;
        }

        // an obvious reading of the documentation, to compare with
        var total = Units(all, mask.Unit);
        var first = 0;
        while (first < all.Length && Units(all[..(first + 1)], mask.Unit) <= mask.First)
        {
            first++;
        }

        var last = 0;
        while (last < all.Length - first && Units(all[^(last + 1)..], mask.Unit) <= mask.Last)
        {
            last++;
        }

        string[] shown = [.. all[..first], .. all[^last..]];
        if (2 * (mask.First + mask.Last) > total || Enum.GetValues<MaskUnit>().Any(unit => 2 * Units(shown, unit) > Units(all, unit)))
        {
            (first, last, shown) = (0, 0, []);
        }

        var stars = total == 0 ? 0 : mask.PreserveLength ? total - Units(shown, mask.Unit) : mask.MaskLength;
        Assert.Equal(string.Concat(all[..first]) + new string(mask.MaskCharacter, stars) + string.Concat(all[^last..]), masked);
    }

    private static int Units(string[] clusters, MaskUnit unit) => unit switch
    {
        MaskUnit.Grapheme => clusters.Length,
        MaskUnit.Rune => clusters.Sum(cluster => cluster.EnumerateRunes().Count()),
        _ => clusters.Sum(cluster => cluster.Length),
    };
}

public class ConstantMaskContract : MaskContract<ConstantMask>
{
    protected override IReadOnlyList<ConstantMask> Masks => [default, new(), new("[hidden]"), new(""), new("\u0441\u043A\u0440\u044B\u0442\u043E \U0001F512")];

    protected override IReadOnlyList<string> Values => ["anything", ""];

    protected override string Whole(ConstantMask mask) => mask.Text;

    protected override string ForEmpty(ConstantMask mask) => mask.Text;

    protected override void ShowsNoMoreThanItStates(ConstantMask mask, string value, string masked) => Assert.Equal(mask.Text, masked);
}

public class EraseMaskContract : MaskContract<EraseMask>
{
    protected override IReadOnlyList<EraseMask> Masks => [default];

    protected override IReadOnlyList<string> Values => ["anything", ""];

    protected override string Whole(EraseMask mask) => "";

    protected override void ShowsNoMoreThanItStates(EraseMask mask, string value, string masked) => Assert.Equal("", masked);
}
