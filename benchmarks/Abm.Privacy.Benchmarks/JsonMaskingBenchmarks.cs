using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Json;
using BenchmarkDotNet.Attributes;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// Both engines against reading every token with <see cref="Utf8JsonReader"/>, which masks nothing; against reader to
/// <see cref="Utf8JsonWriter"/>; and against <see cref="JsonNode"/>: parse, walk, replace, serialize. The rivals mask the same names.
/// </summary>
[MemoryDiagnoser]
[HideColumns("Error", "Median", "RatioSD")]
public class JsonMaskingBenchmarks
{
    private static readonly JsonMaskingEngine[] Engines = [JsonMaskingEngine.Validating, JsonMaskingEngine.Structural];

    private byte[] _document = [];
    private byte[] _destination = [];
    private string[] _names = [];
    private JsonMasker[] _byName = [];
    private JsonMasker[] _byPath = [];
    private System.Buffers.ArrayBufferWriter<byte> _writer = new();

    /// <summary>A public file of the folder that ABM_PRIVACY_VECTORS names, and an export of contacts.</summary>
    [Params("citm_catalog", "contacts")]
    public string Document { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        var isCitm = Document == "citm_catalog";
        _document = isCitm ? File.ReadAllBytes(Path.Combine(Environment.GetEnvironmentVariable("ABM_PRIVACY_VECTORS") ?? "", "masking", "citm_catalog.json")) : Contacts(4500);
        _destination = new byte[2 * _document.Length];
        _names = isCitm ? ["name", "seatMapImage"] : ["email", "phone", "lastName"];
        var paths = isCitm ? ["$.events.*.name", "$.performances[*].seatMapImage"] : new[] { "$[*].email", "$[*].phone", "$[*].lastName" };
        _byName = [.. Engines.Select(engine => Create(engine, _names))];
        _byPath = [.. Engines.Select(engine => Create(engine, paths))];
        _writer = new System.Buffers.ArrayBufferWriter<byte>(_destination.Length);
    }

    [Benchmark(Baseline = true)]
    public long Utf8JsonReaderAllTokens()
    {
        var reader = new Utf8JsonReader(_document);
        while (reader.Read())
        {
        }

        return reader.BytesConsumed;
    }

    [Benchmark]
    public int Utf8JsonReaderToWriter()
    {
        _writer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_writer);
        var reader = new Utf8JsonReader(_document);
        var isMasked = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    isMasked = false;
                    foreach (var name in _names)
                    {
                        isMasked |= reader.ValueTextEquals(name);
                    }

                    writer.WritePropertyName(reader.ValueSpan);
                    break;
                case JsonTokenType.StartObject: writer.WriteStartObject(); isMasked = false; break;
                case JsonTokenType.EndObject: writer.WriteEndObject(); break;
                case JsonTokenType.StartArray: writer.WriteStartArray(); isMasked = false; break;
                case JsonTokenType.EndArray: writer.WriteEndArray(); break;
                case JsonTokenType.String when isMasked: writer.WriteStringValue(Mask.Apply(reader.GetString(), Mask.KeepFirst(1))); isMasked = false; break;
                case JsonTokenType.String: writer.WriteStringValue(reader.ValueSpan); break;
                default: writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break;
            }
        }

        writer.Flush();
        return _writer.WrittenCount;
    }

    [Benchmark]
    public byte[] JsonNodeWalk()
    {
        var root = JsonNode.Parse(_document)!;
        Walk(root);
        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    [Benchmark]
    public int ValidatingNames() => Run(_byName[0]);

    [Benchmark]
    public int StructuralNames() => Run(_byName[1]);

    [Benchmark]
    public int ValidatingPaths() => Run(_byPath[0]);

    [Benchmark]
    public int StructuralPaths() => Run(_byPath[1]);

    /// <summary>The same contacts in every run.</summary>
    internal static byte[] Contacts(int count)
    {
        string[] first = ["Jane", "Omar", "Zoë", "Łukasz", "Anna", "Søren", "Mary", "Ivan"], last = ["Doe", "Müller", "Smith", "García", "O'Brien", "Nowak", "Rossi", "Tanaka"];
        string[] companies = ["Acme GmbH", "Globex", "Initech Ltd", "Umbrella"], cities = ["Berlin", "Lyon", "Zürich", "Austin", "Leeds"];
        var state = 1UL;
        var json = new StringBuilder("[");
        for (var i = 0; i < count; i++)
        {
            json.Append(i > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $$"""
                {"id":{{i}},"accountId":"acc-{{Next(100000)}}","firstName":"{{first[Next(8)]}}","lastName":"{{last[Next(8)]}}","email":"{{(char)('a' + Next(26))}}.{{Next(9999)}}@example{{Next(40)}}.com","phone":"+49 170 {{1000000 + Next(9000000)}}","company":{"name":"{{companies[Next(4)]}}","domain":"example{{Next(40)}}.com","employees":{{Next(20000)}}},"address":{"street":"Street {{Next(200)}}","city":"{{cities[Next(5)]}}","country":"DE"},"consent":[{"purpose":"newsletter","granted":true,"at":"2025-0{{1 + Next(9)}}-1{{Next(10)}}T10:00:00Z"}],"tags":["lead","emea"],"score":{{Next(100)}},"notes":null}
                """);
        }

        return Encoding.UTF8.GetBytes(json.Append(']').ToString());

        int Next(int bound)
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            return (int)((state >> 33) % (ulong)bound);
        }
    }

    private int Run(JsonMasker masker)
    {
        masker.Mask(_document, _destination, out var written);
        return written;
    }

    private static JsonMasker Create(JsonMaskingEngine engine, string[] paths)
    {
        var options = new JsonMaskingOptions { Engine = engine };
        foreach (var path in paths)
        {
            options.Mask(path, Mask.KeepFirst(1));
        }

        return new JsonMasker(options);
    }

    private void Walk(JsonNode? node)
    {
        if (node is JsonArray elements)
        {
            foreach (var element in elements)
            {
                Walk(element);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var name in members.Select(member => member.Key).ToList())
            {
                if (Array.IndexOf(_names, name) >= 0)
                {
                    members[name] = members[name] is JsonValue value ? Mask.Apply(value.ToString(), Mask.KeepFirst(1)) : members[name] is null ? null : "***";
                }
                else
                {
                    Walk(members[name]);
                }
            }
        }
    }
}
