using System.Collections;
using Abm.Privacy.Masking.Text.Scanning;

namespace Abm.Privacy.Masking.Logging;

/// <summary>
/// The state of a log call, with the same keys and masked values. A struct that masks when it is read: a call that no
/// provider writes, or whose values no provider reads, costs nothing for them.
/// </summary>
internal readonly struct MaskedState<TState>(LogMasker masker, TState state, Exception? exception, Func<TState, Exception?, string> formatter, LogMemory? memory)
    : IReadOnlyList<KeyValuePair<string, object?>>, IMaskedScope
{
    public static readonly Func<MaskedState<TState>, Exception?, string> Formatter = static (state, _) => state.ToString();

    public int Count
    {
        get
        {
            try
            {
                return CountOf(state);
            }
            catch (Exception)
            {
                return 0; // nothing that could be shown
            }
        }
    }

    public KeyValuePair<string, object?> this[int index]
    {
        get
        {
            try
            {
                var pair = At(state, index);
                return Mask(index, pair, TemplateOf(CountOf(state)));
            }
            catch (Exception fault)
            {
                return new("", Withheld.Value(fault));
            }
        }
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        var count = Count;
        for (var i = 0; i < count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What remembers the masked values of a state; null if each is masked as quickly as it is found.</summary>
    public static LogMemory? Memory(in TState state, bool isScope)
    {
        try
        {
            var count = CountOf(state);
            for (var i = 0; i < count; i++)
            {
                if (LogMemory.Remembers(At(state, i).Value, isScope))
                {
                    return new LogMemory(isScope);
                }
            }
        }
        catch (Exception)
        {
            // what cannot be read is withheld where it is read
        }

        return null;
    }

    /// <summary>The message.</summary>
    public override string ToString()
    {
        try
        {
            var count = CountOf(state);
            var template = TemplateOf(count);
            if (template is { HasRules: false } && LogStateShape<TState>.IsSimple && !masker.ReadsEveryValue)
            {
                var text = formatter(state, exception);
                if (QuietLine.IsQuiet(text))
                {
                    return text;
                }

                if (template.IsLoose && !QuietLine.MayHide(text))
                {
                    return masker.Redact(text);
                }
            }

            return Changes(count, template) ? Render(template, count) : masker.Redact(formatter(state, exception));
        }
        catch (Exception fault)
        {
            return Withheld.Message(fault);
        }
    }

    // a cast in place, so that the compiler need not box the state
    private static int CountOf(in TState state) => ((IReadOnlyList<KeyValuePair<string, object?>>)state!).Count;

    private static KeyValuePair<string, object?> At(in TState state, int index) => ((IReadOnlyList<KeyValuePair<string, object?>>)state!)[index];

    private KeyValuePair<string, object?> Mask(int index, KeyValuePair<string, object?> pair, LogTemplate? template)
    {
        var masked = memory is null ? masker.MaskPair(pair.Key, pair.Value) : memory.Mask(masker, index, pair);
        return pair.Key != LogMasker.OriginalFormat && template?.IsSecret(pair.Key) == true && !masker.IsMasked(pair.Key, pair.Value) ? masker.HidePair(pair.Key, masked.Value) : masked;
    }

    private LogTemplate? TemplateOf(int count) =>
        count > 0 && At(state, count - 1) is { Key: LogMasker.OriginalFormat, Value: string format } ? masker.Templates.Find(format) : null;

    private bool Changes(int count, LogTemplate? template)
    {
        for (var i = 0; i < count; i++)
        {
            var pair = At(state, i);
            if (pair.Key != LogMasker.OriginalFormat && ((template is not null && pair.Value is Version) || !ReferenceEquals(Mask(i, pair, template).Value, pair.Value)))
            {
                return true;
            }
        }

        return false;
    }

    private string Render(LogTemplate? template, int count)
    {
        var original = new KeyValuePair<string, object?>[count];
        var masked = new KeyValuePair<string, object?>[count];
        for (var i = 0; i < count; i++)
        {
            original[i] = At(state, i);
            masked[i] = Mask(i, original[i], template);
        }

        return template?.Render(masker, original, masked) ?? masker.Redact(LogText.Of(masked));
    }
}
