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

    private LocatedJson(JsonValueKind kind, string pointer, int line)
    {
        Kind = kind;
        Pointer = pointer;
        Line = line;
    }

    public JsonValueKind Kind { get; }

    public string Pointer { get; }

    public int Line { get; }

    /// <summary>The text of a string, or the literal text of a number.</summary>
    public string? Text { get; private init; }

    public IReadOnlyList<LocatedJson> Items { get; private init; } = [];

    public IReadOnlyList<KeyValuePair<string, LocatedJson>> Members { get; private init; } = [];

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

        var lines = new LineCounter(utf8);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var root = Read(ref reader, "", ref lines, code, source);
            reader.Read(); // anything after the document throws
            return root;
        }
        catch (JsonException error)
        {
            var line = (int)(error.LineNumber ?? 0) + 1;
            var fault = reader.CurrentDepth >= MaxDepth
                ? new DocumentFault("", line, $"The document is nested more than {MaxDepth} deep.", "Write it flatter.")
                : new DocumentFault("", line, "This is not valid JSON.", "Check quotes, commas and brackets near this line.");
            throw new InvalidDocumentException(code, source, [fault]);
        }
        catch (InvalidOperationException)
        {
            // the reader's error for a string that is not valid UTF-8 or holds half a surrogate pair
            var fault = new DocumentFault("", lines.At(reader.TokenStartIndex), "A string is not valid Unicode.", "Save the file as UTF-8.");
            throw new InvalidDocumentException(code, source, [fault]);
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

    private static LocatedJson Read(ref Utf8JsonReader reader, string pointer, ref LineCounter lines, PrivacyErrorCode code, string source)
    {
        var line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<KeyValuePair<string, LocatedJson>>();
                var names = new HashSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    var memberPointer = $"{pointer}/{Escape(name)}";
                    if (!names.Add(name))
                    {
                        var fault = new DocumentFault(memberPointer, lines.At(reader.TokenStartIndex), "The name occurs twice in one object.", "Remove one of the two.");
                        throw new InvalidDocumentException(code, source, [fault]);
                    }

                    reader.Read();
                    members.Add(new(name, Read(ref reader, memberPointer, ref lines, code, source)));
                }

                return new LocatedJson(JsonValueKind.Object, pointer, line) { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<LocatedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, $"{pointer}/{items.Count}", ref lines, code, source));
                }

                return new LocatedJson(JsonValueKind.Array, pointer, line) { Items = items };
            case JsonTokenType.String:
                return new LocatedJson(JsonValueKind.String, pointer, line) { Text = reader.GetString() };
            case JsonTokenType.Number:
                return new LocatedJson(JsonValueKind.Number, pointer, line) { Text = Encoding.ASCII.GetString(reader.ValueSpan) };
            case JsonTokenType.True:
                return new LocatedJson(JsonValueKind.True, pointer, line);
            case JsonTokenType.False:
                return new LocatedJson(JsonValueKind.False, pointer, line);
            default:
                return new LocatedJson(JsonValueKind.Null, pointer, line);
        }
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private ref struct LineCounter(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _position;
        private int _line = 1;

        /// <summary>Positions never go back, so the whole document is counted once.</summary>
        public int At(long position)
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
