using System.Text.Json.Nodes;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Packs;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Consent.Schema;

/// <summary>The schema that ships with the library says the same as the library's own reader, as far as a schema can.</summary>
public class PolicySchemaTests
{
    private static readonly SchemaValidator Validator = new(JsonNode.Parse(ConsentPolicy.GetSchema())!.AsObject());

    private static readonly string[] Required = ["id", "effect", "when", "now", "expect"];

    public static TheoryData<string> Documents { get; } = [.. ConsentPacks.All.Select(pack => pack.Id)];

    private static string Text(string document) => ConsentPacks.All.Single(pack => pack.Id == document).Document;

    [Fact]
    public void The_schema_is_the_one_that_facts_and_codes_give()
    {
        if (Environment.GetEnvironmentVariable("ABM_PRIVACY_ACCEPT_SCHEMA") == "1")
        {
            File.WriteAllText(Repository.Path("src", "Abm.Privacy", "Consent", "policy.schema.json"), PolicySchemaText.Write());
        }

        Assert.Equal(PolicySchemaText.Write(), File.ReadAllText(Repository.Path("src", "Abm.Privacy", "Consent", "policy.schema.json")));
        Assert.Equal(PolicySchemaText.Write(), ConsentPolicy.GetSchema());
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_shipped_document_is_valid(string document) => Assert.True(Validator.IsValid(JsonNode.Parse(Text(document))));

    /// <summary>Every single value of every document is broken once; whatever the schema then still takes, the reader must judge by more than shape.</summary>
    [Theory]
    [InlineData("common")]
    [InlineData("us")]
    [InlineData("br")]
    public void A_broken_document_is_not_valid(string document)
    {
        var root = JsonNode.Parse(Text(document))!;
        var broken = 0;
        foreach (var (node, apply) in Mutations(root))
        {
            var undo = apply();
            Assert.False(Validator.IsValid(root), $"still valid with {node} broken");
            undo();
            broken++;
        }

        Assert.True(broken > 100, $"{broken} mutations");
        Assert.True(Validator.IsValid(root));
    }

    [Theory]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"0.1","rules":[]}""", false)]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0-draft.2","rules":[]}""", true)]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0"}""", false)]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","packs":[{"rules":[]}]}""", false)]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","rules":[{"id":"r","effect":"forbid","basis":"consent","reason":"X","when":{"all":[]}}]}""", false)]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","rules":[{"id":"r","effect":"forbid","reason":"X","when":{"any":[]}}]}""", false)]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","rules":[{"id":"r","effect":"forbid","reason":"X","when":{"fact":"contract","exists":true}}]}""", false)]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","rules":[{"id":"r","effect":"forbid","reason":"X","when":{"fact":"contract","lt":true}}]}""", false)]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","rules":[{"id":"r","effect":"forbid","reason":"X","when":{"fact":"objection.at","lt":"@now-P24M"}}]}""", true)]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","rules":[{"id":"r","effect":"forbid","reason":"X","when":{"fact":"objection.at","lt":{"fact":"contract"}}}]}""", false)]
    [InlineData("""{"schema":"abm-privacy-policy/1","id":"p","version":"1.0.0","rules":[{"id":"r","effect":"defer","reason":"X","until":{"localTime":"24:00"},"when":{"all":[]}}]}""", false)]
    public void The_schema_and_the_reader_agree(string json, bool valid)
    {
        Assert.Equal(valid, Validator.IsValid(JsonNode.Parse(json)));
        Assert.Equal(valid, Record.Exception(() => ConsentPolicy.Parse(json)) is null);
    }

    /// <summary>An unknown member in every object, another type for every value, a required member left out of every rule and test.</summary>
    private static IEnumerable<(string Path, Func<Action> Apply)> Mutations(JsonNode node)
    {
        if (node is JsonObject members)
        {
            if (!node.GetPath().EndsWith(".define", StringComparison.Ordinal))
            {
                yield return (node.GetPath() + " (a further member)", () =>
                {
                    members["nobody-knows-this"] = 1;
                    return () => members.Remove("nobody-knows-this");
                });
            }

            foreach (var name in members.Select(member => member.Key).ToList())
            {
                var value = members[name]!;
                yield return (value.GetPath(), () =>
                {
                    members[name] = new JsonArray(new JsonArray());
                    return () => members[name] = value;
                });
                foreach (var inner in Mutations(value))
                {
                    yield return inner;
                }
            }

            foreach (var name in Required.Where(members.ContainsKey).ToList())
            {
                var value = members[name]!;
                yield return (value.GetPath() + " (left out)", () =>
                {
                    members.Remove(name);
                    return () => members[name] = value;
                });
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var inner in items.SelectMany(item => Mutations(item!)))
            {
                yield return inner;
            }
        }
    }
}
