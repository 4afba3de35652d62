using System.Text;
using System.Text.Json.Nodes;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Json;
using Abm.Privacy.Masking.Json.Engines;
using Abm.Privacy.Masking.Json.Rules;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Masking.Json;

/// <summary>
/// Mutated documents, the same in every run: what the validating engine accepts, the structural engine masks to the same
/// bytes; and of what only the structural engine accepts, no value under a masked name is left.
/// </summary>
public class JsonEngineTests
{
    private const string Secret = "S3cret";

    private static readonly string[] Documents =
    [
        """{"user":{"email":"S3cret-a","name":"kept","tags":["S3cret-b","kept"]},"items":[{"card":"S3cret-c","n":1},{"card":"S3cret-d"}],"phone":"S3cret-e"}""",
        """{ "a" : [ { "email" : "S3cret\n\"x\\" , "x" : [ 1 , 2.5e-3 , true , null , false ] } , [ ] , { } ] , "email" : null , "\u0065mail" : "S3cret\u0041" }""",
        """[{"email":{"deep":["S3cret",{"x":"S3cret]"}]},"z":"}{\"email\":\""},{"email":["S3cret"]},{"phone":-12,"email":"S3cret-é😀","k\\":"v"}]""",
        "{\n  \"items\": [\n    {\n      \"card\": \"S3cret-1\",\n      \"owner\": { \"email\": \"S3cret-2\", \"phone\": \"S3cret-3\" }\n    }\n  ],\n  \"note\": \"long enough to cross a block of sixty-four bytes, with \\\\ and \\\" inside\",\n  \"user\": { \"email\": \"S3cret-4\" }\n}\n",
        """{"email":"S3cret","email":"S3cret","user":{"email":"S3cret"},"user":{"email":{"email":"S3cret"}},"items":[[{"card":"kept"}],{"card":["S3cret"]}],"unï":"kept"}""",
    ];

    private static readonly (JsonReading Reading, Action<JsonMaskingOptions> Rules)[] RuleSets =
    [
        (new JsonReading(["..", "email"], ["..", "phone"], ["..", "card"], ["..", "tags"]), options => Hide(options, "email", "phone", "card", "tags")),
        (new JsonReading(["user", "email"], ["..", "items", "*", "card"], ["..", "phone"], ["..", "tags", "#0"]), options => Hide(options, "$.user.email", "items[*].card", "$..phone", "tags[0]")),
        (new JsonReading(["*", "*"], ["..", "x"]), options => Hide(options, "$.*.*", "x")),
        (new JsonReading(["..", "*", "email"], ["items", "#1"]), options => Hide(options, "$..*.email", "$.items[1]")),
    ];

    private static readonly byte[] Alphabet = Encoding.UTF8.GetBytes("\"\"\"\\\\{}[]{}[]::,,  \n\t0123eE+-.truefalsn\u0001é\u007f");

    private static readonly string[] Tokens = ["\"email\":", ",\"email\" : \"S3cret\"", "\"x\"", "[", "]", "{}", "null", "\\u0065", "1.5"];

    [Fact]
    public void Both_engines_agree_on_mutated_documents_and_no_masked_value_is_left()
    {
        var (cases, accepted, structuralOnly) = (Soak.IsOn ? 10_000_000 : 100_000, 0, 0);
        var maskers = RuleSets.Select(set => (set.Reading, Validating: Masker(JsonMaskingEngine.Validating, set.Rules), Structural: Masker(JsonMaskingEngine.Structural, set.Rules))).ToArray();
        var scalar = RuleSets.Select(set => Rules(set.Rules)).ToArray();
        Parallel.For(0, cases, number =>
        {
            var document = Mutate(number);
            var (reading, validating, structural) = maskers[number % maskers.Length];
            var expected = JsonSamples.TryMask(validating, document);
            var actual = JsonSamples.TryMask(structural, document);
            if (number % 16 == 0)
            {
                Assert.Equal(actual, MaskByLoop(scalar[number % maskers.Length], document));
            }

            if (expected is not null)
            {
                Interlocked.Increment(ref accepted);
                Assert.True(actual is not null && expected.AsSpan().SequenceEqual(actual), $"case {number}: {Encoding.UTF8.GetString(document)}");
                AssertMasked(reading, document, expected);
            }
            else if (actual is not null)
            {
                Interlocked.Increment(ref structuralOnly);
                var (output, kept) = (Encoding.UTF8.GetString(actual), reading.Unmasked(Encoding.UTF8.GetString(document)));
                Assert.True(Count(output) <= Count(kept), $"case {number}: {Encoding.UTF8.GetString(document)} gave {output}");
            }
        });

        Assert.True(accepted > cases / 20, $"{accepted} of {cases} documents were well formed");
        Assert.True(structuralOnly > cases / 100, $"{structuralOnly} of {cases} documents were accepted by the structural engine alone");
    }

    [Fact]
    public void The_two_readings_of_the_rules_agree()
    {
        foreach (var document in Documents)
        {
            foreach (var (reading, rules) in RuleSets)
            {
                var masked = JsonSamples.Mask(JsonMaskingEngine.Validating, document, rules);

                AssertMasked(reading, JsonSamples.Utf8(document), JsonSamples.Utf8(masked));
                Assert.Equal(Count(reading.Unmasked(document)), Count(masked));
            }
        }

        Assert.Contains(RuleSets, set => Documents.All(document => Count(set.Reading.Unmasked(document)) == 0));
    }

    private static void AssertMasked(JsonReading reading, byte[] document, byte[] masked)
    {
        JsonNode? clear, hidden;
        try
        {
            clear = JsonNode.Parse(document);
            hidden = JsonNode.Parse(masked);
            Touch(clear);
            Touch(hidden);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // duplicate names and half surrogates, which a node does not hold
            var text = Encoding.UTF8.GetString(document);
            Assert.Equal(Count(reading.Unmasked(text)), Count(Encoding.UTF8.GetString(masked)));
            return;
        }

        reading.AssertMasked(clear, hidden, "***");
    }

    private static void Touch(JsonNode? node)
    {
        foreach (var child in node switch
        {
            JsonObject members => members.Select(member => member.Value).ToList(),
            JsonArray elements => [.. elements],
            _ => [],
        })
        {
            Touch(child);
        }

        _ = node?.ToJsonString();
    }

    private static byte[]? MaskByLoop(RuleSet rules, byte[] document)
    {
        var output = JsonOutput.Into(new byte[document.Length * 6 + 64]);
        var outcome = rules.HasPaths
            ? StructuralEngine.Run<ScalarBlock64, WithPaths>(rules, JsonMaskingOptions.DefaultMaxDepth, document, ref output)
            : StructuralEngine.Run<ScalarBlock64, NamesOnly>(rules, JsonMaskingOptions.DefaultMaxDepth, document, ref output);
        return outcome.Fault == JsonFault.None ? output.Written.ToArray() : null;
    }

    private static RuleSet Rules(Action<JsonMaskingOptions> configure)
    {
        var options = new JsonMaskingOptions();
        configure(options);
        return new RuleSet(options.Rules, options.IgnoreCase);
    }

    private static JsonMasker Masker(JsonMaskingEngine engine, Action<JsonMaskingOptions> configure) => JsonSamples.Masker(engine, configure);

    private static void Hide(JsonMaskingOptions options, params string[] paths)
    {
        foreach (var path in paths)
        {
            options.Mask(path, Mask.Hide);
        }
    }

    private static int Count(string text) => text.Split(Secret).Length - 1;

    private static byte[] Mutate(int number)
    {
        var state = (ulong)number * 0x9E37_79B9_7F4A_7C15 + 1;
        var document = new List<byte>(JsonSamples.Utf8(Documents[Next(Documents.Length)]));
        for (var changes = Next(5); changes > 0 && document.Count > 8; changes--)
        {
            var place = Next(document.Count - 1);
            var length = Math.Min(1 + Next(12), document.Count - place);
            switch (Next(7))
            {
                case 0 or 1:
                    document[place] = Alphabet[Next(Alphabet.Length)];
                    break;
                case 2:
                    document.Insert(place, Alphabet[Next(Alphabet.Length)]);
                    break;
                case 3:
                    document.RemoveRange(place, length);
                    break;
                case 4:
                    document.InsertRange(Next(document.Count), document.GetRange(place, length));
                    break;
                case 5:
                    document.InsertRange(place, Enumerable.Repeat((byte)" \n\\"[Next(3)], Next(80)));
                    break;
                default:
                    var token = JsonSamples.Utf8(Tokens[Next(Tokens.Length)]);
                    document.InsertRange(place, token);
                    break;
            }
        }

        return [.. document];

        int Next(int bound)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return (int)((state >> 11) % (ulong)bound);
        }
    }
}
