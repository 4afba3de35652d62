using System.Text.Json;
using System.Text.Unicode;
using Abm.Privacy.Masking.Json.Rules;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>
/// Reads every token with the platform's reader and copies what lies between the masked values as it is. What this engine
/// accepts is what the platform accepts, and valid UTF-8 besides.
/// </summary>
internal static class ValidatingEngine
{
    public static JsonOutcome Run<TMode>(RuleSet rules, int maxDepth, ReadOnlySpan<byte> document, ref JsonOutput output)
        where TMode : struct, IRuleMode
    {
        if (!Utf8.IsValid(document))
        {
            return new JsonOutcome(JsonFault.NotUtf8, InvalidUtf8.Find(document));
        }

        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            var copied = 0;
            var fault = TMode.HasPaths
                ? FollowPaths(rules, document, ref reader, ref copied, ref output)
                : FollowNames(rules, document, ref reader, ref copied, ref output);
            return fault == JsonFault.None && !output.Append(document[copied..])
                ? new JsonOutcome(JsonFault.DestinationTooSmall, copied)
                : new JsonOutcome(fault, (int)reader.BytesConsumed);
        }
        catch (JsonException error)
        {
            // the platform's message quotes the document; only the place is passed on
            var offset = ToOffset(document, error);
            var isTooDeep = reader.CurrentDepth >= maxDepth - 1 && document[Math.Max(0, offset - 1)..Math.Min(document.Length, offset + 1)].IndexOfAny((byte)'{', (byte)'[') >= 0;
            return new JsonOutcome(isTooDeep ? JsonFault.TooDeep : JsonFault.Malformed, offset);
        }
    }

    private static JsonFault FollowNames(RuleSet rules, ReadOnlySpan<byte> document, ref Utf8JsonReader reader, ref int copied, ref JsonOutput output)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && rules.OfName(FindName(rules, document, ref reader)) is { } treatment)
            {
                reader.Read();
                var fault = Replace(treatment, document, ref reader, ref copied, ref output);
                if (fault != JsonFault.None)
                {
                    return fault;
                }
            }
        }

        return JsonFault.None;
    }

    private static JsonFault FollowPaths(RuleSet rules, ReadOnlySpan<byte> document, ref Utf8JsonReader reader, ref int copied, ref JsonOutput output)
    {
        using var paths = new PathTracker(rules);
        var fault = JsonFault.None;
        while (fault == JsonFault.None && reader.Read())
        {
            JsonTreatment? treatment = null;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                treatment = paths.Member(paths.LooksForNames() ? FindName(rules, document, ref reader) : NameTable.None);
                reader.Read();
            }
            else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                paths.Close();
                continue;
            }
            else if (paths.InArray)
            {
                treatment = paths.Element();
            }

            if (treatment is not null)
            {
                fault = Replace(treatment, document, ref reader, ref copied, ref output);
            }
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                paths.Open(reader.TokenType == JsonTokenType.StartArray);
            }
        }

        return fault;
    }

    private static int FindName(RuleSet rules, ReadOnlySpan<byte> document, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return rules.Names.Find(document, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        }

        // the reader has checked the escapes
        rules.Names.TryFindEscaped(reader.ValueSpan, out var number);
        return number;
    }

    private static JsonFault Replace(JsonTreatment treatment, ReadOnlySpan<byte> document, ref Utf8JsonReader reader, ref int copied, ref JsonOutput output)
    {
        if (!output.Append(document[copied..(int)reader.TokenStartIndex]))
        {
            return JsonFault.DestinationTooSmall;
        }

        JsonFault fault;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                reader.Skip();
                fault = MaskedValue.WriteWhole(treatment, ref output);
                break;
            case JsonTokenType.String:
                fault = MaskedValue.WriteString(reader.ValueSpan, reader.ValueIsEscaped, treatment, ref output);
                break;
            default:
                fault = MaskedValue.WriteScalar(reader.ValueSpan, treatment, ref output);
                break;
        }

        copied = (int)reader.BytesConsumed;
        return fault;
    }

    private static int ToOffset(ReadOnlySpan<byte> document, JsonException error)
    {
        var offset = 0;
        for (var line = error.LineNumber ?? 0; line > 0; line--)
        {
            var next = document[offset..].IndexOf((byte)'\n');
            if (next < 0)
            {
                break;
            }

            offset += next + 1;
        }

        return (int)Math.Min(offset + (error.BytePositionInLine ?? 0), document.Length);
    }
}
