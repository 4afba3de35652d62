using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Json;

/// <summary>
/// Reads a JSON text (RFC 8259), as strictly as the library does when it runs: no comments, no trailing commas, no member
/// twice. A compiler loads no JSON library beside an analyzer.
/// </summary>
internal sealed class JsonText
{
    private const int MaxDepth = 64;
    private readonly string _text;
    private int _at;

    private JsonText(string text) => _text = text;

    /// <exception cref="JsonTextException">The text is no JSON.</exception>
    public static JsonValue Read(string text)
    {
        var reader = new JsonText(text);
        var value = reader.ReadValue(depth: 1);
        reader.SkipSpace();
        return reader._at == text.Length ? value : throw reader.Fault("there is more after the end of the JSON text");
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private JsonValue ReadValue(int depth)
    {
        SkipSpace();
        return Current switch
        {
            '{' or '[' when depth > MaxDepth => throw Fault("it is nested too deeply"),
            '{' => ReadObject(depth),
            '[' => ReadArray(depth),
            '"' => ReadString(),
            '-' or (>= '0' and <= '9') => ReadNumber(),
            _ => ReadLiteral(),
        };
    }

    private JsonValue ReadObject(int depth)
    {
        var start = _at++;
        var members = new List<KeyValuePair<JsonValue, JsonValue>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!TakeAfterSpace('}'))
        {
            do
            {
                SkipSpace();
                var name = Current == '"' ? ReadString() : throw Fault("a name in quotes is expected");
                if (!names.Add(name.Text))
                {
                    throw new JsonTextException(name.Span, $"\"{name.Text}\" is there twice");
                }

                Expect(':');
                members.Add(new(name, ReadValue(depth + 1)));
            }
            while (TakeAfterSpace(','));
            Expect('}');
        }

        var value = new JsonValue(JsonKind.Object, "", TextSpan.FromBounds(start, _at));
        value.Members.AddRange(members);
        return value;
    }

    private JsonValue ReadArray(int depth)
    {
        var start = _at++;
        if (!TakeAfterSpace(']'))
        {
            do
            {
                _ = ReadValue(depth + 1); // a baseline has no array whose values matter
            }
            while (TakeAfterSpace(','));
            Expect(']');
        }

        return new JsonValue(JsonKind.Array, "", TextSpan.FromBounds(start, _at));
    }

    private JsonValue ReadString()
    {
        var start = _at++;
        var text = new StringBuilder();
        while (Current != '"')
        {
            if (Current < ' ')
            {
                throw Fault(_at >= _text.Length ? "a quotation mark is missing" : "a control character stands in a text");
            }

            text.Append(Current == '\\' ? ReadEscape() : _text[_at++]);
        }

        var span = TextSpan.FromBounds(start, ++_at);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                throw new JsonTextException(span, "half a surrogate pair stands in a text");
            }
        }

        return new JsonValue(JsonKind.String, text.ToString(), span);
    }

    private char ReadEscape()
    {
        _at++;
        var simple = "\"\\/bfnrt".IndexOf(Current);
        if (simple >= 0 && Current != '\0')
        {
            _at++;
            return "\"\\/\b\f\n\r\t"[simple];
        }

        if (Current == 'u' && _at + 4 < _text.Length)
        {
            var digits = _text.Substring(_at + 1, 4);
            if (digits.All(IsHexDigit))
            {
                _at += 5;
                return (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            }
        }

        throw Fault("a backslash starts no escape that JSON knows");
    }

    /// <summary>Only these: the platform's parser would pass over a NUL at the end too.</summary>
    private static bool IsHexDigit(char letter) => letter is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private JsonValue ReadNumber()
    {
        var start = _at;
        _ = Take('-');
        if (!Take('0'))
        {
            ReadDigits();
        }

        if (Take('.'))
        {
            ReadDigits();
        }

        if (Take('e') || Take('E'))
        {
            _ = Take('+') || Take('-');
            ReadDigits();
        }

        return new JsonValue(JsonKind.Number, _text.Substring(start, _at - start), TextSpan.FromBounds(start, _at));
    }

    private void ReadDigits()
    {
        if (Current is < '0' or > '9')
        {
            throw Fault("a digit is expected");
        }

        while (Current is >= '0' and <= '9')
        {
            _at++;
        }
    }

    private JsonValue ReadLiteral()
    {
        foreach (var literal in (string[])["true", "false", "null"])
        {
            if (string.CompareOrdinal(_text, _at, literal, 0, literal.Length) == 0)
            {
                _at += literal.Length;
                return new JsonValue(JsonKind.Literal, literal, TextSpan.FromBounds(_at - literal.Length, _at));
            }
        }

        throw Fault(_at >= _text.Length ? "it ends too early" : "a value is expected");
    }

    private bool Take(char expected)
    {
        var taken = Current == expected;
        _at += taken ? 1 : 0;
        return taken;
    }

    private bool TakeAfterSpace(char expected)
    {
        SkipSpace();
        return Take(expected);
    }

    private void Expect(char expected)
    {
        if (!TakeAfterSpace(expected))
        {
            throw Fault($"'{expected}' is expected");
        }
    }

    private void SkipSpace()
    {
        while (Current is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private JsonTextException Fault(string message) => new(new TextSpan(_at, _at < _text.Length ? 1 : 0), message);
}
