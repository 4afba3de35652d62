using System.Collections;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Masks exceptions: what they say, what they carry, and those inside them.</summary>
internal static class ExceptionText
{
    /// <summary>How many exceptions inside one another, or side by side, are told apart. The text of the outermost names them all.</summary>
    private const int MaxDepth = 16;

    private const int MaxBreadth = 64;

    /// <summary>An exception that can be handed to a provider.</summary>
    public static Exception Mask(LogMasker masker, Exception original, int depth = 0)
    {
        try
        {
            var message = masker.Redact(original.Message);
            if (original is AggregateException aggregate)
            {
                var inner = depth < MaxDepth ? aggregate.InnerExceptions.Take(MaxBreadth >> Math.Min(depth, 6)).Select(exception => Mask(masker, exception, depth + 1)) : [];
                return new MaskedAggregateException(masker, original, message, inner);
            }

            return new MaskedException(masker, original, message, original.InnerException is { } cause && depth < MaxDepth ? Mask(masker, cause, depth + 1) : null);
        }
        catch (Exception fault)
        {
            return new MaskedException(masker, null, $"{original.GetType()}: {Withheld.Text(fault)}", null);
        }
    }

    /// <summary>The whole text of an exception: type, message, those inside it, stack trace.</summary>
    public static string Of(LogMasker masker, Exception original)
    {
        try
        {
            var text = original.ToString();
            foreach (var message in Messages(original, MaxBreadth))
            {
                // each message by itself too: what stands before it must not change how it reads
                if (masker.Redact(message) is var masked && !ReferenceEquals(masked, message))
                {
                    text = text.Replace(message, masked, StringComparison.Ordinal);
                }
            }

            return masker.Redact(text);
        }
        catch (Exception fault)
        {
            return $"{original.GetType()}: {Withheld.Text(fault)}";
        }
    }

    public static IDictionary Data(LogMasker masker, Exception original)
    {
        var masked = new Hashtable();
        try
        {
            var names = new MaskedNames();
            foreach (var (key, value) in LogPair.Entries(original.Data)!.Take(LogValues.MaxItems))
            {
                masked[names.Take(masker.Redact(key))] = masker.MaskValue(key, value);
            }
        }
        catch (Exception fault)
        {
            masked.Clear();
            masked["withheld"] = Withheld.Value(fault);
        }

        return masked;
    }

    /// <summary>A text of an exception, such as its stack trace.</summary>
    public static string? Part(LogMasker masker, Exception? original, Func<Exception, string?> part)
    {
        try
        {
            return original is not null && part(original) is { } text ? masker.Redact(text) : null;
        }
        catch (Exception fault)
        {
            return Withheld.Text(fault);
        }
    }

    private static IEnumerable<string> Messages(Exception original, int count)
    {
        var waiting = new Queue<Exception>([original]);
        while (count-- > 0 && waiting.TryDequeue(out var next))
        {
            if (next.Message is { Length: > 0 } message)
            {
                yield return message;
            }

            foreach (var inner in next is AggregateException aggregate ? aggregate.InnerExceptions : next.InnerException is { } cause ? [cause] : [])
            {
                waiting.Enqueue(inner);
            }
        }
    }
}
