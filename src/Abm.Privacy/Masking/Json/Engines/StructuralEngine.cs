using System.Numerics;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Json.Rules;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>
/// Looks at 64 bytes at once: comparisons give bits, and everything else is worked out on the bits. Only a colon, and with
/// path rules a bracket, is looked at alone. Whatever does not fit together as JSON does is a fault.
/// </summary>
internal static class StructuralEngine
{
    private static readonly NibbleSet SpaceSet = new(" \t\n\r"u8);

    public static JsonOutcome Run<TBlock, TMode>(RuleSet rules, int maxDepth, ReadOnlySpan<byte> document, ref JsonOutput output)
        where TBlock : struct, IBlock64<TBlock>
        where TMode : struct, IRuleMode
    {
        var start = StructuralValue.SkipSpaces(document, 0);
        if (start == document.Length || document[start] is not ((byte)'{' or (byte)'['))
        {
            // one scalar: no rule reaches it
            return ValidatingEngine.Run<NamesOnly>(rules, maxDepth, document, ref output);
        }

        var walk = new StructuralWalk<TBlock, TMode>(rules, maxDepth, document, output.Length);
        try
        {
            return Run(ref walk, rules, document, start, ref output);
        }
        finally
        {
            // also where a mask throws
            walk.Settle(ref output);
            output.ClearAhead();
            walk.Dispose();
        }
    }

    private static JsonOutcome Run<TBlock, TMode>(
        ref StructuralWalk<TBlock, TMode> walk, RuleSet rules, ReadOnlySpan<byte> document, int position, ref JsonOutput output)
        where TBlock : struct, IBlock64<TBlock>
        where TMode : struct, IRuleMode
    {
        Span<byte> tail = stackalloc byte[Block64.Length];
        var spaceSet = SpaceSet;
        var filter = rules.Filter;
        var (usesFilter, hasElements) = (filter.IsUsable && !rules.HasLastWildcard, rules.HasElements);
        ulong notAsciiBefore = 0, escape = 0, inString = 0, scalar = 0, afterValue = 0, afterString = 0, afterName = 0, open = 0, starts = 0, escapedString = 0, openQuotesBefore = 0;
        while (position < document.Length)
        {
            var block = StructuralBlock.Load<TBlock>(document, position, tail);
            walk.CopyAhead(position, in output);

            // a character may reach from a block into the next one
            var notAscii = block.NotAscii();
            if ((notAscii | notAsciiBefore) != 0 && !Utf8Block.IsValid(document, position))
            {
                return new JsonOutcome(JsonFault.NotUtf8, Utf8Block.FindFault(document, position));
            }

            notAsciiBefore = notAscii;

            var backslashes = block.Equal((byte)'\\');
            var quotes = block.Equal((byte)'"') & ~Bits64.Escaped(backslashes, ref escape);
            var strings = Bits64.PrefixXor(quotes) ^ inString;
            inString = (ulong)((long)strings >> 63);

            var outside = ~strings;
            var spaces = block.In(in spaceSet) & outside;
            var colons = block.Equal((byte)':') & outside;
            var commas = block.Equal((byte)',') & outside;
            var opens = block.EqualWith(0x20, (byte)'{') & outside;
            var closes = block.EqualWith(0x20, (byte)'}') & outside;
            var openQuotes = quotes & strings;
            var closeQuotes = quotes & outside;
            var scalars = outside & ~(spaces | colons | commas | opens | closes | closeQuotes);

            // what follows what: a mark behind each value moves over white space to the next token
            var behindScalars = scalars << 1 | scalar;
            scalar = scalars >>> 63;
            var ends = closeQuotes | closes;
            var valueMarks = ends << 1 | behindScalars & ~scalars | afterValue;
            afterValue = ends >>> 63;
            var afterValues = Bits64.SkipGaps(valueMarks, spaces, ref afterValue);
            var errors = afterValues & (openQuotes | opens | scalars & ~behindScalars)
                | commas & ~afterValues
                | block.InRange(0, 0x1F) & ~spaces
                | backslashes & outside;

            // a bracket that closes nothing but itself is rare enough to be looked at alone
            var empties = closes & ~afterValues;
            if (empties != 0 && !walk.AreEmpty(position, empties))
            {
                errors |= empties;
            }

            // only a colon behind a name that may be one of the rules is looked at: and each colon that stands apart from its name,
            // or whose name may hold escapes
            var members = colons;
            if (usesFilter)
            {
                var apart = colons & ~(closeQuotes << 1 | afterString);
                var names = filter.Find(in block, openQuotes, closeQuotes, ref open, ref starts);
                members = (backslashes | escapedString) == 0 ? colons & (names << 1 | afterName) | apart : colons;
                afterString = closeQuotes >>> 63;
                afterName = names >>> 63;
            }

            var marks = TMode.HasPaths ? members | opens | closes | (hasElements ? commas : 0) : members;
            if (marks != 0)
            {
                // apart from the loop, which keeps its values in registers
                var bits = new StructuralBits
                {
                    Colons = colons,
                    Opens = opens,
                    Closes = closes,
                    OpenQuotes = openQuotes,
                    OpenQuotesBefore = openQuotesBefore,
                    Errors = errors,
                    MayBeEscaped = !usesFilter || (backslashes | escapedString) != 0,
                };
                var outcome = walk.Take(position, marks, in bits, ref output, out var next);
                if (next != StructuralWalk<TBlock, TMode>.GoOn)
                {
                    if (next == StructuralWalk<TBlock, TMode>.Stop)
                    {
                        return outcome;
                    }

                    position = next;
                    escape = inString = scalar = afterString = afterName = open = starts = escapedString = openQuotesBefore = notAsciiBefore = 0;
                    afterValue = 1;
                    continue;
                }
            }
            else if (TMode.HasPaths && walk.InArray && colons != 0)
            {
                return JsonOutcome.Malformed(position + BitOperations.TrailingZeroCount(colons));
            }

            escapedString = backslashes | (openQuotes == 0 ? escapedString : 0);
            openQuotesBefore = openQuotes;
            if (!TMode.HasPaths && !walk.TryCount(position, opens, closes, out var end))
            {
                return end.Fault != JsonFault.None ? end : walk.Finish(position, errors & Bits64.UpTo(end.Offset - position), end.Offset, ref output);
            }

            if (errors != 0)
            {
                return JsonOutcome.Malformed(position + BitOperations.TrailingZeroCount(errors));
            }

            position += Block64.Length;
        }

        return JsonOutcome.Malformed(document.Length);
    }
}
