using System.Buffers;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Text;
using Abm.Privacy.Masking.Text.Scanning;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Masks what a log call carries. Immutable but for what it remembers of templates and keys; nothing here throws.</summary>
internal sealed class LogMasker
{
    public const string OriginalFormat = "{OriginalFormat}";

    private readonly TextRedactor _redactor;
    private readonly LogValues _values;

    public LogMasker(LogMaskingOptions options, TextRedactor redactor)
    {
        _redactor = redactor;
        Keys = new LogKeys(options);
        Templates = new LogTemplates(this);
        _values = new LogValues(this);
        ReadsEveryValue = redactor.Scanner.Plan.Patterns.Count > 0;
    }

    public LogKeys Keys { get; }

    public LogTemplates Templates { get; }

    /// <summary>Whether a pattern of the application's own could match a value and not the line that it stands in.</summary>
    public bool ReadsEveryValue { get; }

    public string Redact(string? text) => text is not null && !ReadsEveryValue && QuietLine.IsQuiet(text) ? text : _redactor.Redact(text);

    /// <summary>Redacts a text but for matches that lie within one of some stretches.</summary>
    public string RedactExcept(string text, List<(int Start, int End)> stretches)
    {
        if (stretches.Count == 0)
        {
            return Redact(text);
        }

        var output = new ArrayBufferWriter<char>(text.Length + 32);
        var written = 0;
        foreach (var match in _redactor.Scanner.Scan(text))
        {
            if (!stretches.Exists(stretch => stretch.Start <= match.Start && match.End <= stretch.End))
            {
                WellFormedCopy.Write<char, Utf16Text>(text.AsSpan(written..match.Start), output);
                _redactor.Replace<char, Utf16Text>(text.AsSpan(match.Start, match.Length), match, output);
                written = match.End;
            }
        }

        WellFormedCopy.Write<char, Utf16Text>(text.AsSpan(written), output);
        return new string(output.WrittenSpan);
    }

    /// <summary>Whether the redactor has no say in what is shown of a value: a mask has, or it only looks like an address.</summary>
    public bool IsMasked(string? key, object? value) => value is Version || Keys.Find(key) is not null || LogValues.MasksItself(value);

    public bool Finds(ReadOnlySpan<char> text) => (ReadsEveryValue || !QuietLine.IsQuiet(text)) && _redactor.Scanner.Finds(text);

    /// <summary>A value as a provider may see it; the same reference if nothing had to be changed.</summary>
    public object? MaskValue(string? key, object? value)
    {
        try
        {
            return _values.Mask(key, value);
        }
        catch (Exception fault)
        {
            return Withheld.Value(fault);
        }
    }

    public KeyValuePair<string, object?> MaskPair(string? key, object? value) =>
        key == OriginalFormat && value is string format ? new(OriginalFormat, Templates.Format(format)) : new(Redact(key), MaskValue(key, value));

    /// <summary>A pair whose value is a secret, whatever its key.</summary>
    public KeyValuePair<string, object?> HidePair(string? key, object? value)
    {
        try
        {
            return new(Redact(key), value is null ? null : _values.Hide(value));
        }
        catch (Exception fault)
        {
            return new(Redact(key), Withheld.Value(fault));
        }
    }

    /// <summary>A scope's state as a provider may see it.</summary>
    public object? MaskScope(object? scope)
    {
        try
        {
            return scope switch
            {
                null or IMaskedScope => scope,
                string text => Redact(text),
                IReadOnlyList<KeyValuePair<string, object?>> list =>
                    new MaskedState<IReadOnlyList<KeyValuePair<string, object?>>>(this, list, null, static (state, _) => state.ToString() ?? "", MaskedState<IReadOnlyList<KeyValuePair<string, object?>>>.Memory(list, isScope: true)),
                _ when LogPair.Entries(scope) is { } pairs => new MaskedPairs(this, scope, pairs, isScope: true),
                _ => MaskValue(null, scope),
            };
        }
        catch (Exception fault)
        {
            return Withheld.Scope(fault);
        }
    }
}
