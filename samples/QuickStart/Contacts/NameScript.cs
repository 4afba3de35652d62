using System.Text;

namespace QuickStart.Contacts;

/// <summary>The script in which a name begins: enough to show that a list holds more than ASCII, and nothing of the name.</summary>
internal static class NameScript
{
    private static readonly (int First, int Last, string Name)[] Ranges =
    [
        (0x0041, 0x024F, "Latin"), (0x1E00, 0x1EFF, "Latin"), (0x0370, 0x03FF, "Greek"), (0x1F00, 0x1FFF, "Greek"),
        (0x0400, 0x052F, "Cyrillic"), (0x3040, 0x30FF, "Kana"), (0x3400, 0x9FFF, "Han"), (0xAC00, 0xD7AF, "Hangul"),
    ];

    public static string Of(string? name)
    {
        if (name?.EnumerateRunes().FirstOrDefault(Rune.IsLetter) is not { Value: > 0 } letter)
        {
            return "no name";
        }

        var range = Array.Find(Ranges, range => letter.Value >= range.First && letter.Value <= range.Last);
        return range.Name ?? "another script";
    }
}
