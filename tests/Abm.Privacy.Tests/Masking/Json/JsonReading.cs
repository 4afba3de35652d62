using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Abm.Privacy.Tests.Masking.Json;

/// <summary>
/// What rules mean, written a second time and as simply as possible: paths are matched by recursion, documents are read
/// character by character. Reads broken documents too, by quotes, colons and brackets alone.
/// </summary>
internal sealed class JsonReading(params string[][] rules)
{
    /// <summary>Steps of a path: a name, <c>#2</c> for an index, <c>*</c> for anything, <c>..</c> before a step at any depth.</summary>
    public bool Reaches(IReadOnlyList<string> place) => rules.Any(rule => Matches(rule, place));

    private static bool Matches(ReadOnlySpan<string> rule, IEnumerable<string> place)
    {
        var rest = place.ToArray().AsSpan();
        return Matches(rule, rest);
    }

    private static bool Matches(ReadOnlySpan<string> rule, ReadOnlySpan<string> place)
    {
        if (rule.IsEmpty || place.IsEmpty)
        {
            return rule.IsEmpty && place.IsEmpty;
        }

        return rule[0] == ".."
            ? Matches(rule[1..], place) || Matches(rule, place[1..])
            : (rule[0] == "*" || string.Equals(rule[0], place[0], StringComparison.OrdinalIgnoreCase)) && Matches(rule[1..], place[1..]);
    }

    /// <summary>Compares a masked document with its original: every value that a rule reaches is the mask's, every other one is equal.</summary>
    public void AssertMasked(JsonNode? clear, JsonNode? masked, string mask, List<string>? place = null)
    {
        place ??= [];
        if (place.Count > 0 && clear is not null && Reaches(place))
        {
            Assert.Equal(JsonValueKind.String, masked?.GetValueKind());
            Assert.Equal(mask, masked!.GetValue<string>());
            return;
        }

        Assert.Equal(clear?.GetValueKind(), masked?.GetValueKind());
        switch (clear)
        {
            case JsonObject members:
                Assert.Equal(members.Select(member => member.Key), masked!.AsObject().Select(member => member.Key));
                foreach (var (name, value) in members)
                {
                    AssertMasked(value, masked.AsObject()[name], mask, [.. place, name]);
                }

                break;
            case JsonArray elements:
                Assert.Equal(elements.Count, masked!.AsArray().Count);
                for (var i = 0; i < elements.Count; i++)
                {
                    AssertMasked(elements[i], masked[i], mask, [.. place, $"#{i}"]);
                }

                break;
            default:
                Assert.Equal(clear?.ToJsonString(), masked?.ToJsonString());
                break;
        }
    }

    /// <summary>The parts of a document, well formed or not, that no rule reaches.</summary>
    public string Unmasked(string text)
    {
        var kept = new StringBuilder();
        var open = new Stack<(bool IsArray, int Index)>();
        var place = new List<string>();
        string? lastString = null, member = null;
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var c = text[i];
            if (c is ',' or ':' or ']' or '}' || char.IsWhiteSpace(c))
            {
                kept.Append(c);
                i++;
                if (c == ':')
                {
                    member = lastString;
                }
                else if (c is ']' or '}' && open.Count > 0)
                {
                    open.Pop();
                    place.RemoveRange(Math.Max(0, place.Count - 1), Math.Min(1, place.Count));
                }
                else if (c == ',' && open.Count > 0)
                {
                    var (isArray, index) = open.Pop();
                    open.Push((isArray, index + 1));
                    member = null;
                }

                continue;
            }

            var step = open.Count == 0 ? null : open.Peek().IsArray ? $"#{open.Peek().Index}" : member;
            member = null;
            var isMasked = step is not null && Reaches([.. place, step]);
            if (c is '{' or '[' && !isMasked)
            {
                kept.Append(c);
                if (open.Count > 0)
                {
                    place.Add(step ?? "\0");
                }

                open.Push((c == '[', 0));
                i++;
                continue;
            }

            i = c is '{' or '[' ? ContainerEnd(text, i) : c == '"' ? StringEnd(text, i) : ScalarEnd(text, i);
            lastString = c == '"' ? Unescape(text[start..i]) : null;
            if (!isMasked)
            {
                kept.Append(text.AsSpan(start, i - start));
            }
        }

        return kept.ToString();
    }

    private static int ContainerEnd(string text, int start)
    {
        var depth = 0;
        var i = start;
        while (i < text.Length)
        {
            if (text[i] == '"')
            {
                i = StringEnd(text, i);
                continue;
            }

            depth += text[i] is '{' or '[' ? 1 : text[i] is '}' or ']' ? -1 : 0;
            i++;
            if (depth == 0)
            {
                break;
            }
        }

        return i;
    }

    private static int StringEnd(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length && text[i] != '"')
        {
            i += text[i] == '\\' ? 2 : 1;
        }

        return Math.Min(i + 1, text.Length);
    }

    private static int ScalarEnd(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length && !" \t\r\n,:[]{}\"".Contains(text[i], StringComparison.Ordinal))
        {
            i++;
        }

        return i;
    }

    private static string? Unescape(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(token);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
