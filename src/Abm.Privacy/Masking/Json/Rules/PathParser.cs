using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Json.Rules;

/// <summary>
/// The path of a rule: a part of RFC 9535 (names, indexes, wildcards, descendants), and paths without <c>$</c>, which are
/// looked for at every depth.
/// </summary>
internal ref struct PathParser
{
    public const int MaxLength = 1024;
    public const int MaxSteps = 64;

    private const string Forms = "Write, for example, $.user.email, $..phone, items[*].card, items[2].card, $['odd name'] or phone.";
    private const string NotInNames = ".[]()*'\"\\?,:";

    private readonly string _path;
    private readonly List<PathStep> _steps = [];
    private int _position;
    private string? _problem;

    private PathParser(string path) => _path = path;

    /// <summary>Parses a path that was checked before.</summary>
    public static PathStep[] Parse(string path) =>
        TryParse(path, out var steps, out var position, out var problem) ? steps : throw new JsonPathException(path, position, problem, nameof(path));

    public static bool TryParse(string path, [NotNullWhen(true)] out PathStep[]? steps, out int position, [NotNullWhen(false)] out string? problem)
    {
        var parser = new PathParser(path);
        parser.Parse();
        problem = parser._problem is { } found ? $"{found} {Forms}" : null;
        position = parser._position;
        steps = problem is null ? [.. parser._steps] : null;
        return problem is null;
    }

    private readonly char Current => _position < _path.Length ? _path[_position] : '\0';

    private void Parse()
    {
        if (_path.Length is 0 or > MaxLength || !Utf16Text.IsWellFormed(_path))
        {
            _problem = $"A path has 1 to {MaxLength} characters of valid Unicode.";
            return;
        }

        var descends = Current != '$';
        if (descends)
        {
            ParseStep(true, Current != '[');
        }
        else
        {
            _position++;
            if (_position == _path.Length)
            {
                _problem = "'$' alone is the whole document. Name a member or an element.";
            }
        }

        while (_problem is null && _position < _path.Length)
        {
            ParseNext();
        }
    }

    private void ParseNext()
    {
        if (_steps.Count == MaxSteps)
        {
            _problem = $"A path has at most {MaxSteps} steps.";
        }
        else if (Current == '[')
        {
            ParseStep(false, false);
        }
        else if (Current != '.')
        {
            _problem = "After a step, '.' or '[' follows.";
        }
        else
        {
            _position++;
            var descends = Current == '.';
            _position += descends ? 1 : 0;
            ParseStep(descends, !descends || Current != '[');
        }
    }

    private void ParseStep(bool descends, bool isDotted)
    {
        if (!isDotted)
        {
            ParseBracket(descends);
        }
        else if (Current == '*')
        {
            _position++;
            _steps.Add(new PathStep(descends, null, null));
        }
        else
        {
            var start = _position;
            while (_position < _path.Length && IsNameCharacter(_path[_position], _position == start))
            {
                _position++;
            }

            if (_position == start)
            {
                _problem = "A name or '*' is missing. A name with other characters is written in brackets and quotes: ['odd name'].";
                return;
            }

            _steps.Add(new PathStep(descends, _path[start.._position], null));
        }
    }

    private static bool IsNameCharacter(char c, bool isFirst) =>
        !char.IsWhiteSpace(c) && !char.IsControl(c) && !NotInNames.Contains(c, StringComparison.Ordinal) && !(isFirst && c == '$');

    private void ParseBracket(bool descends)
    {
        _position++;
        if (Current == '*')
        {
            _position++;
            _steps.Add(new PathStep(descends, null, null));
        }
        else if (Current is '\'' or '"')
        {
            if (!TryParseQuoted(out var name))
            {
                return;
            }

            _steps.Add(new PathStep(descends, name, null));
        }
        else
        {
            var start = _position;
            while (char.IsAsciiDigit(Current))
            {
                _position++;
            }

            var digits = _path.AsSpan(start, _position - start);
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || (digits.Length > 1 && digits[0] == '0'))
            {
                _position = start;
                _problem = "In brackets stands an index from 0, '*' or a name in quotes. Slices, filters and lists of names are not supported: write several rules.";
                return;
            }

            _steps.Add(new PathStep(descends, null, index));
        }

        if (Current != ']')
        {
            _problem = "']' is missing.";
            return;
        }

        _position++;
    }

    private bool TryParseQuoted(out string name)
    {
        var text = new StringBuilder();
        var quote = Current;
        var start = _position++;
        while (_position < _path.Length && Current != quote)
        {
            if (Current == '\\')
            {
                _position++;
                if (Current is not ('\\' or '\'' or '"'))
                {
                    _problem = "In quotes, '\\' stands before a quote or another '\\' only.";
                    break;
                }
            }

            text.Append(Current);
            _position++;
        }

        name = text.ToString();
        if (_problem is null && _position >= _path.Length)
        {
            _position = start;
            _problem = "The quote is not closed.";
        }

        _position += _problem is null ? 1 : 0;
        return _problem is null;
    }
}
