using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Abm.Privacy;

/// <summary>
/// A JSON value that knows its line and pointer, so that an error can name its place. Comments and trailing commas are
/// refused, a name that occurs twice in one object is a fault, and depth is bounded.
/// </summary>
internal sealed class LocatedJson
{
    /// <summary>The greatest size of a document.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const int MaxDepth = 64;
    private const int MaxNameLength = 256;

    private readonly LocatedJson? _parent;
    private readonly string? _name;
    private readonly int _index;

    private LocatedJson(LocatedJson? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    public JsonValueKind Kind { get; private set; }

    /// <summary>Made only when it is asked for: the pointers of all values together would be far larger than the document.</summary>
    public string Pointer
    {
        get
        {
            var parts = new Stack<string>();
            for (var node = this; node._parent is not null; node = node._parent)
            {
                parts.Push(node._name is { } name ? Escape(name) : node._index.ToString(CultureInfo.InvariantCulture));
            }

            return string.Concat(parts.Select(part => "/" + part));
        }
    }

    public int Line { get; private set; }

    /// <summary>The text of a string, or the literal text of a number.</summary>
    public string? Text { get; private set; }

    public IReadOnlyList<LocatedJson> Items { get; private set; } = [];

    public IReadOnlyList<KeyValuePair<string, LocatedJson>> Members { get; private set; } = [];

    public LocatedJson? this[string name]
    {
        get
        {
            foreach (var member in Members)
            {
                if (string.Equals(member.Key, name, StringComparison.Ordinal))
                {
                    return member.Value;
                }
            }

            return null;
        }
    }

    public DocumentFault Fault(string problem, string mend) => new(Pointer, Line, problem, mend);

    /// <summary>Parses a whole document.</summary>
    /// <exception cref="InvalidDocumentException">The bytes are not one JSON document.</exception>
    public static LocatedJson Parse(ReadOnlySpan<byte> utf8, PrivacyErrorCode code, string source)
    {
        ThrowIfTooLarge(utf8.Length, code, source);
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
        {
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        }

        // one more than is allowed, so that the limit is found here, where the place is known
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        var root = new LocatedJson(null, null, 0);
        var place = new Place(utf8, root, code, source);
        try
        {
            reader.Read();
            Read(root, ref reader, ref place);
            reader.Read(); // anything after the document throws
            return root;
        }
        catch (JsonException error)
        {
            throw place.Invalid((int)(error.LineNumber ?? 0) + 1, "This is not valid JSON.", "Check quotes, commas and brackets near this line.");
        }
        catch (InvalidOperationException)
        {
            // the reader's error for a string that is not valid UTF-8 or holds half a surrogate pair
            throw place.Invalid(place.LineAt(reader.TokenStartIndex), "A string is not valid Unicode.", "Save the file as UTF-8.");
        }
    }

    public static void ThrowIfTooLarge(long length, PrivacyErrorCode code, string source)
    {
        if (length > MaxBytes)
        {
            throw new InvalidDocumentException(
                code, source, [new DocumentFault("", 1, $"The document is larger than {MaxBytes} bytes.", "Split it into several files.")]);
        }
    }

    private static void Read(LocatedJson node, ref Utf8JsonReader reader, ref Place place)
    {
        place.Innermost = node;
        node.Line = place.LineAt(reader.TokenStartIndex);
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
        {
            throw place.Invalid(node.Line, $"The document is nested more than {MaxDepth} deep.", "Write it flatter.");
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                node.Kind = JsonValueKind.Object;
                ReadMembers(node, ref reader, ref place);
                break;
            case JsonTokenType.StartArray:
                node.Kind = JsonValueKind.Array;
                var items = new List<LocatedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(new LocatedJson(node, null, items.Count));
                    Read(items[^1], ref reader, ref place);
                }

                node.Items = items;
                break;
            case JsonTokenType.String:
                node.Kind = JsonValueKind.String;
                node.Text = reader.GetString();
                break;
            case JsonTokenType.Number:
                node.Kind = JsonValueKind.Number;
                node.Text = Encoding.ASCII.GetString(reader.ValueSpan);
                break;
            default:
                node.Kind = reader.TokenType switch
                {
                    JsonTokenType.True => JsonValueKind.True,
                    JsonTokenType.False => JsonValueKind.False,
                    _ => JsonValueKind.Null,
                };
                break;
        }

        place.Innermost = node._parent ?? node;
    }

    private static void ReadMembers(LocatedJson node, ref Utf8JsonReader reader, ref Place place)
    {
        var members = new List<KeyValuePair<string, LocatedJson>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (name.Length > MaxNameLength)
            {
                throw place.Invalid(place.LineAt(reader.TokenStartIndex), $"A name has more than {MaxNameLength} characters.", "Write a shorter one.");
            }

            var member = new LocatedJson(node, name, 0);
            place.Innermost = member;
            if (!names.Add(name))
            {
                throw place.Invalid(place.LineAt(reader.TokenStartIndex), "The name occurs twice in one object.", "Remove one of the two.");
            }

            reader.Read();
            Read(member, ref reader, ref place);
            members.Add(new(name, member));
        }

        node.Members = members;
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Where the reader stands: the line, and the innermost value that has begun.</summary>
    private ref struct Place(ReadOnlySpan<byte> text, LocatedJson root, PrivacyErrorCode code, string source)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private readonly PrivacyErrorCode _code = code;
        private readonly string _source = source;
        private int _position;
        private int _line = 1;

        public LocatedJson Innermost { get; set; } = root;

        public readonly InvalidDocumentException Invalid(int line, string problem, string mend) =>
            new(_code, _source, [new DocumentFault(Innermost.Pointer, line, problem, mend)]);

        /// <summary>Positions never go back, so the whole document is counted once.</summary>
        public int LineAt(long position)
        {
            var end = (int)Math.Min(position, _text.Length);
            if (end > _position)
            {
                _line += _text[_position..end].Count((byte)'\n');
                _position = end;
            }

            return _line;
        }
    }
}
