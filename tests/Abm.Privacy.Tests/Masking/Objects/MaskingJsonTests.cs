using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Objects;

namespace Abm.Privacy.Tests.Masking.Objects;

public partial class MaskingJsonTests
{
    private static readonly Foreign Sample = new()
    {
        Id = 42,
        Email = "jane@example.com",
        Phones = ["+4930123456", "+4930654321"],
        Born = new DateOnly(1980, 5, 4),
        Salary = 1234.5m,
        Active = true,
        Typed = EmailAddress.Parse("omar@example.com"),
        Protected = "zoe@example.com",
        Sealed = Protected<string>.FromEnvelope([1]),
        Notes = "SECRET",
        Home = new Place { Street = "SECRET", Owner = "Jane Doe" },
        Places = [new Place { Owner = "Omar" }],
        ByName = new() { ["SECRET"] = new Place { Owner = "SECRET" } },
        Any = "SECRET",
        Tags = ["SECRET"],
        Labels = new() { ["SECRET"] = "SECRET" },
        Extra = new() { ["SECRET"] = "SECRET" },
        Whole = new Place { Owner = "SECRET" },
    };

    private const string Expected = """
        {"Id":42,"mail":"j***@example.com","Phones":["***56","***21"],"Born":"","Salary":"","Active":"","Typed":"o***@example.com","Protected":"z***@example.com","Sealed":"[protected]","Notes":null,"Home":{"Street":null,"Owner":"J*** D***"},"Places":[{"Street":null,"Owner":"O***"}],"ByName":null,"Any":null,"Tags":null,"Labels":"","Missing":"","Whole":"","Kind":null}
        """;

    [Fact]
    public void Declared_properties_are_masked_and_undeclared_ones_are_null()
    {
        Assert.Equal(Expected, JsonSerializer.Serialize(Sample, Options(new DefaultJsonTypeInfoResolver())));
        Assert.DoesNotContain("SECRET", JsonSerializer.Serialize<object>(Sample, Options(new DefaultJsonTypeInfoResolver())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_context_writes_the_same() => Assert.Equal(Expected, JsonSerializer.Serialize(Sample, Options(ForeignContext.Default)));

    [Fact]
    public void An_object_that_leads_back_to_itself_ends_with_null_where_cycles_are_ignored()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), ReferenceHandler = ReferenceHandler.IgnoreCycles }
            .AddMasking(new Masker(), model => model.Declare<Node>(type => type.Property(node => node.Owner, DataClasses.PersonName)));
        var node = new Node { Owner = "Jane" };
        (node.Next, node.All) = (node, [node, new Node { Owner = "Omar" }]);

        const string Inner = """{"Owner":"J***","Next":null,"All":[null,{"Owner":"O***","Next":null,"All":null}]}""";
        const string Once = $$"""{"Owner":"J***","Next":{{Inner}},"All":[{{Inner}},{"Owner":"O***","Next":null,"All":null}]}""";
        Assert.Equal(Once, JsonSerializer.Serialize(node, options));
        Assert.Equal(Once, JsonSerializer.Serialize(node, options));
    }

    [Fact]
    public void Attributes_count_and_a_declaration_wins()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), PropertyNamingPolicy = JsonNamingPolicy.CamelCase }
            .AddMasking(new Masker(), model => model.Declare<Own>(type => type.Property(own => own.Other, DataClasses.NotPersonal)));

        Assert.Equal(
            """{"email":"j***@example.com","onParameter":"***56","inherited":"J***","other":"kept"}""",
            JsonSerializer.Serialize(new Own("+4930123456") { Email = "jane@example.com", Inherited = "Jane", Other = "kept" }, options));
    }

    [Fact]
    public void A_class_of_an_interface_or_of_a_hidden_member_holds() => Assert.Equal(
        """{"Email":"j***@example.com","Phone":"***56","Rank":3}""",
        JsonSerializer.Serialize(new Classification.SampleLead { Email = "jane@example.com", Phone = "+4930123456", Rank = 3 }, Options(new DefaultJsonTypeInfoResolver())));

    [Fact]
    public void Masked_JSON_is_not_read()
    {
        var options = Options(new DefaultJsonTypeInfoResolver());

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Foreign>("""{"mail":"x"}""", options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Foreign>("""{"Notes":"x"}""", options));
        Assert.Equal(5, JsonSerializer.Deserialize<Foreign>("""{"Id":5}""", options)!.Id);
    }

    [Fact]
    public void A_circle_ends_in_an_error()
    {
        var ring = new Ring();
        ring.Next = ring;
        var error = Record.Exception(() => JsonSerializer.Serialize(ring, Options(new DefaultJsonTypeInfoResolver())));

        Assert.True(error is JsonException or InvalidOperationException, error?.ToString());
    }

    [Fact]
    public void Options_without_a_resolver_are_refused() =>
        Assert.Contains("Set TypeInfoResolver first", Assert.Throws<InvalidOperationException>(() => new JsonSerializerOptions().AddMasking(new Masker())).Message, StringComparison.Ordinal);

    [Fact]
    public void An_attribute_without_a_class_is_refused() =>
        Assert.Contains("'Contact Email', which is not a data class", Assert.Throws<ArgumentException>(() => JsonSerializer.Serialize(new Wrong(), Options(new DefaultJsonTypeInfoResolver()))).Message, StringComparison.Ordinal);

    private static JsonSerializerOptions Options(IJsonTypeInfoResolver resolver) => new JsonSerializerOptions { TypeInfoResolver = resolver, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        .AddMasking(new Masker(), model => model
            .Declare<Foreign>(type => type
                .Property(foreign => foreign.Id, DataClasses.NotPersonal)
                .Property(foreign => foreign.Email, DataClasses.Email)
                .Property(foreign => foreign.Phones, DataClasses.Phone)
                .Property(foreign => foreign.Born, DataClasses.BirthDate)
                .Property(foreign => foreign.Salary, DataClasses.Sensitive)
                .Property(foreign => foreign.Active, DataClasses.Sensitive)
                .Property(foreign => foreign.Protected, DataClasses.Email)
                .Property(foreign => foreign.Sealed, DataClasses.Email)
                .Property(foreign => foreign.Labels, DataClasses.Email)
                .Property(foreign => foreign.Missing, DataClasses.Email)
                .Property(foreign => foreign.Whole, DataClasses.Email))
            .Declare<Place>(type => type.Property(place => place.Owner, DataClasses.PersonName)));

    internal sealed class Foreign
    {
        public int Id { get; set; }

        [JsonPropertyName("mail")]
        public string? Email { get; set; }

        public List<string> Phones { get; set; } = [];

        public DateOnly? Born { get; set; }

        [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
        public decimal Salary { get; set; }

        public bool Active { get; set; }

        public EmailAddress Typed { get; set; }

        public Protected<string>? Protected { get; set; }

        public Protected<string>? Sealed { get; set; }

        public string Notes { get; set; } = "";

        public Place? Home { get; set; }

        public Place[] Places { get; set; } = [];

        public Dictionary<string, Place> ByName { get; set; } = [];

        public object? Any { get; set; }

        public List<string> Tags { get; set; } = [];

        public Dictionary<string, string> Labels { get; set; } = [];

        public string? Missing { get; set; }

        [JsonExtensionData]
        public Dictionary<string, object>? Extra { get; set; }

        public Place? Whole { get; set; }

        public DayOfWeek Kind { get; set; }
    }

    internal sealed class Place
    {
        public string Street { get; set; } = "";

        public string Owner { get; set; } = "";
    }

    internal abstract class Above
    {
        [Classified(DataClasses.PersonName)]
        public virtual string Inherited { get; set; } = "";
    }

    internal sealed class Own([Classified(DataClasses.Phone)] string onParameter) : Above
    {
        [Classified(DataClasses.Email)]
        public string Email { get; set; } = "";

        public string OnParameter { get; } = onParameter;

        public override string Inherited { get; set; } = "";

        public string Other { get; set; } = "";
    }

    internal sealed class Ring
    {
        public Ring? Next { get; set; }
    }

    internal sealed class Wrong
    {
        [Classified("Contact Email")]
        public string Email { get; set; } = "";
    }

    [JsonSerializable(typeof(Foreign))]
    internal sealed partial class ForeignContext : JsonSerializerContext;

    private sealed class Node
    {
        public string? Owner { get; set; }

        public Node? Next { get; set; }

        public List<Node>? All { get; set; }
    }
}
