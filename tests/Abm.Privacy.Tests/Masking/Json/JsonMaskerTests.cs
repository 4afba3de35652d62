using System.Text.Json;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Json;

namespace Abm.Privacy.Tests.Masking.Json;

public class JsonMaskerTests
{
    public static TheoryData<JsonMaskingEngine> Engines => JsonSamples.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public void Values_are_masked_and_every_other_byte_stays(JsonMaskingEngine engine)
    {
        const string Json = """
            { "user" : {"email":"jane@example.com", "name":"Jane \"J\" Doe",	"age": 41},
              "items" : [ {"card":"4111 1111 1111 1111","n":1.50e+2}, {"card":"x"} ], "phone":"+49 170 1234567", "deep":[[{"phone":"+49 170 1234599"}]] }

            """;
        const string Expected = """
            { "user" : {"email":"j***@example.com", "name":"J*** \u0022*** D***",	"age": 41},
              "items" : [ {"card":"4111 11** **** 1111","n":1.50e+2}, {"card":"***"} ], "phone":"***67", "deep":[[{"phone":"***99"}]] }

            """;

        Assert.Equal(Expected, JsonSamples.Mask(engine, Json, options => options
            .Mask("$.user.email", Mask.Email).Mask("$.user['name']", Mask.PersonName).Mask("$..phone", Mask.Phone).Mask("items[*].card", Mask.PaymentCard)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_is_no_string_is_masked_too(JsonMaskingEngine engine)
    {
        Assert.Equal(
            """{"a":"***45","b":"***","c":"***","d":null,"e":"***","f":"***","g":"***","h":"***"}""",
            JsonSamples.Mask(
                engine,
                """{"a":12345,"b":true,"c":false,"d":null,"e":{"x":[1,{"y":"}"}]},"f":[1,"]",[2]],"g":{},"h":[]}""",
                options => Each(options, "abcdefgh", Mask.KeepLast(2))));
        Assert.Equal(
            """{"a":"[no]","b":"","c":"[no]","d":""}""",
            JsonSamples.Mask(engine, """{"a":{"x":1},"b":[1],"c":"\ud800","d":"x\udc00y"}""", options => options
                .Mask("a", Mask.Constant("[no]")).Mask("b", Mask.Erase).Mask("c", Mask.Constant("[no]")).Mask("d", Mask.Erase)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_name_written_with_escapes_is_the_name_that_it_means(JsonMaskingEngine engine)
    {
        const string Json = """{"\u0065mail":"a1","e\u006Dail" : "a2","emai\u006c":"a3","\u0065\u006d\u0061\u0069\u006c":"a4","emai\u006":0}""";
        var filler = new string(' ', 70);

        Assert.Equal(
            """{"\u0065mail":"***","e\u006Dail" : "***","emai\u006c":"***","\u0065\u006d\u0061\u0069\u006c":"***"}""",
            JsonSamples.Mask(engine, Json.Replace(",\"emai\\u006\":0", "", StringComparison.Ordinal), options => options.Mask("email", Mask.Hide)));
        Assert.Throws<JsonMaskingException>(() => JsonSamples.Mask(engine, Json, options => options.Mask("email", Mask.Hide)));
        Assert.Equal(
            $$"""{"\u0065mail"{{filler}}:{{filler}}"***","q\"\\":"***","é\ud83d\ude00":"***","\u00e9😀":"***"}""",
            JsonSamples.Mask(
                engine,
                $$"""{"\u0065mail"{{filler}}:{{filler}}"a1","q\"\\":"a2","é\ud83d\ude00":"a3","\u00e9😀":"a4"}""",
                options => options.Mask("email", Mask.Hide).Mask("""$..['q"\\']""", Mask.Hide).Mask("é😀", Mask.Hide)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_name_is_found_wherever_it_lies_in_a_block(JsonMaskingEngine engine)
    {
        string[] names = ["e", "id", "email", "telephone", new('n', 63), new('m', 64), new('l', 130), "ünï", ""];
        for (var shift = 0; shift < 70; shift++)
        {
            foreach (var name in names)
            {
                foreach (var gap in new[] { "", " ", new string('\n', 65) })
                {
                    var json = $"{{{new string(' ', shift)}\"x\":\"{name}\",\"{name}\"{gap}:{gap}\"secret\",\"{name}x\":1,\"y\":\"\\\\\"}}";
                    var expected = json.Replace("secret", "***", StringComparison.Ordinal);

                    Assert.Equal(expected, JsonSamples.Mask(engine, json, options => options.Mask($"$..['{name}']", Mask.Hide)));
                    Assert.Equal(expected, JsonSamples.Mask(engine, json, options => options.Mask($"$['{name}']", Mask.Hide)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Names_are_compared_without_case_and_letter_by_letter_on_request(JsonMaskingEngine engine)
    {
        const string Json = """{"EMail":"1x","email":"2x","Straße":"3x","STRASSE":"4x","ÜBER":"5x","über":"6x","@":"7x","`":"8x","e\u004Dail":"9x","K":"0x"}""";

        Assert.Equal(
            Json.Replace("2x", "***", StringComparison.Ordinal).Replace("6x", "***", StringComparison.Ordinal),
            JsonSamples.Mask(engine, Json, options =>
            {
                options.IgnoreCase = false;
                options.Mask("email", Mask.Hide).Mask("über", Mask.Hide);
            }));
        Assert.Equal(
            """{"EMail":"***","email":"***","Straße":"***","STRASSE":"4x","ÜBER":"***","über":"***","@":"***","`":"8x","e\u004Dail":"***","K":"0x"}""",
            JsonSamples.Mask(engine, Json, options =>
            {
                Each(options.Mask("Email", Mask.Hide).Mask("STRAßE", Mask.Hide).Mask("Über", Mask.Hide), "@", Mask.Hide);
            }));
    }

    [Fact]
    public void No_letter_beyond_ASCII_is_an_ASCII_letter_of_another_case() =>
        Assert.DoesNotContain(
            Enumerable.Range(128, 0xFF80).Select(c => ((char)c).ToString()),
            letter => "abcdefghijklmnopqrstuvwxyz".Any(ascii => string.Equals(letter, ascii.ToString(), StringComparison.OrdinalIgnoreCase)));

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_value_of_a_name_that_stands_twice_is_masked(JsonMaskingEngine engine) =>
        Assert.Equal(
            """{"a":{"email":"***","x":"2","email":"***"},"a":{"email":"***"}}""",
            JsonSamples.Mask(engine, """{"a":{"email":"1","x":"2","email":"3"},"a":{"email":4}}""", options => options.Mask("$.a.email", Mask.Hide)));

    [Theory]
    [InlineData("$.a.b", """{"a":{"b":"X","c":{"b":"-"}},"b":"-"}""")]
    [InlineData("$.a..b", """{"a":{"b":"X","c":[{"b":"X"}]},"b":"-"}""")]
    [InlineData("$.*.b", """{"a":{"b":"X","c":{"b":"-"}},"z":[{"b":"-"}],"b":"-"}""")]
    [InlineData("$..*", """{"a":"X","c":"X"}""")]
    [InlineData("$.*", """{"a":"X","c":"X"}""")]
    [InlineData("$[*]", """["X","X",null]""")]
    [InlineData("$[1]", """["-","X","-"]""")]
    [InlineData("$[10]", """["-","-","-","-","-","-","-","-","-",[],"X",{}]""")]
    [InlineData("a[0]", """{"a":["X","-"],"b":[{"a":["X",["-"]]}],"c":["-"]}""")]
    [InlineData("a[1].b", """{"a":[{"b":"-"},{"b":"X"},{"b":"-"}]}""")]
    [InlineData("a[*].b", """{"a":[{"b":"X"},[{"b":"-"}],"-",{"b":"X"}],"d":{"a":[{"b":"X"}]},"b":"-"}""")]
    [InlineData("$..a[*][0]", """{"a":[["X","-"],[],["X"],"-"]}""")]
    [InlineData("$.tags[*]", """{"tags":["X", "X"],"x":["-"],"e":{"tags":["-"]}}""")]
    [InlineData("$.tags[*]", """{"tags":[],"x":{"tags":["-"]}}""")]
    [InlineData("$['a.b']['c d']", """{"a.b":{"c d":"X"},"a":{"b":"-"}}""")]
    [InlineData("$[\"it's\"]", """{"it's":"X"}""")]
    [InlineData("$..[0]", """{"a":["X","-"]}""")]
    [InlineData("$.a.a.a", """{"a":{"a":{"a":"X","b":"-"},"b":{"a":"-"}}}""")]
    [InlineData("$.x.b", """{"y":[{"b":"-"}],"x" :  {"b":"X"},"z":{"b":"-"}}""")]
    [InlineData("a.b", """{"a":{"b":"X"},"c":{"a":{"b":"X"}}}""")]
    public void A_path_reaches(string path, string json)
    {
        foreach (var engine in Engines)
        {
            Assert.Equal(json.Replace("\"X\"", "\"*\"", StringComparison.Ordinal), JsonSamples.Mask(engine.Data, json, options => options.Mask(path, Mask.Constant("*"))));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Rules_that_agree_are_one_and_rules_that_do_not_hide_the_value(JsonMaskingEngine engine)
    {
        const string Json = """{"user":{"email":"jane@example.com"},"email":"omar@example.com"}""";

        Assert.Equal(
            """{"user":{"email":"j***@example.com"},"email":"o***@example.com"}""",
            JsonSamples.Mask(engine, Json, options => options.Mask("$.user.email", Mask.Email).Mask("email", Mask.Email)));
        Assert.Equal(
            """{"user":{"email":"***"},"email":"o***@example.com"}""",
            JsonSamples.Mask(engine, Json, options => options.Mask("$.user.email", Mask.KeepLast(4)).Mask("email", Mask.Email)));
        Assert.Equal(
            """{"user":{"email":"***"},"email":"***"}""",
            JsonSamples.Mask(engine, Json, options => options.Mask("email", Mask.KeepLast(4)).Mask("email", Mask.Email)));
    }

    [Fact]
    public void More_rules_than_fit_into_one_word_work_together()
    {
        var json = "{" + string.Join(",", Enumerable.Range(0, 100).Select(i => $"\"o{i}\":{{\"a\":{{\"b\":\"v{i}\",\"c\":\"w{i}\"}}}}")) + "}";
        foreach (var engine in Engines)
        {
            var masked = JsonSamples.Mask(engine.Data, json, options =>
            {
                for (var i = 0; i < 100; i++)
                {
                    options.Mask($"$.o{i}.a.b", Mask.Constant($"m{i}"));
                }

                options.Mask("$.o7..c", Mask.Constant("seven"));
            });

            Assert.Equal(System.Text.RegularExpressions.Regex.Replace(json, "v(\\d+)", "m$1").Replace("w7\"", "seven\"", StringComparison.Ordinal), masked);
        }
    }

    [Fact]
    public void A_class_is_masked_as_the_masker_says()
    {
        var options = new JsonMaskingOptions { Classes = { ["$.mail"] = DataClasses.Email }, Masks = { ["card"] = "payment-card" } }
            .Mask("$.who", new DataClass(DataClasses.PersonName));
        const string Json = """{"mail":"jane@example.com","who":"Jane Doe","card":"4111 1111 1111 1111","x":1}""";

        Assert.Equal("""{"mail":"j***@example.com","who":"J*** D***","card":"4111 11** **** 1111","x":1}""", new JsonMasker(options).Mask(Json));
        Assert.Equal(
            """{"mail":"[mail]","who":"J*** D***","card":"4111 11** **** 1111","x":1}""",
            new JsonMasker(options, new Masker(new MaskingOptions().Use(new DataClass(DataClasses.Email), Mask.Constant("[mail]")))).Mask(Json));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_masked_text_is_escaped_again(JsonMaskingEngine engine)
    {
        const string Clear = "</script>\"\\\u0001é\ud83d\ude00\u2028";
        var json = JsonSerializer.Serialize(new Dictionary<string, string> { ["a"] = Clear });

        var masked = JsonSamples.Mask(engine, json, options => options.Mask("a", default(Unchanged)));

        Assert.Equal(Clear, JsonDocument.Parse(masked).RootElement.GetProperty("a").GetString());
        Assert.DoesNotContain("<", masked, StringComparison.Ordinal);
        Assert.Contains("é", masked, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_mask_that_writes_no_valid_text_shows_nothing(JsonMaskingEngine engine) =>
        Assert.Equal("""{"a":"***"}""", JsonSamples.Mask(engine, """{"a":"secret"}""", options => options.Mask("a", default(Broken))));

    [Fact]
    public void Without_a_rule_there_is_no_masker() =>
        Assert.Contains("there is no rule", Assert.Throws<ArgumentException>(() => new JsonMasker(new JsonMaskingOptions())).Message, StringComparison.Ordinal);

    private static void Each<TMask>(JsonMaskingOptions options, string names, TMask mask)
        where TMask : struct, IMask
    {
        foreach (var name in names)
        {
            options.Mask(name.ToString(), mask);
        }
    }

    private readonly struct Unchanged : IMask
    {
        public MaskTraits Traits => MaskTraits.None;

        public int GetMaxLength(int sourceLength) => sourceLength;

        public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) => throw new NotSupportedException();

        public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten)
        {
            bytesWritten = utf8.Length;
            return utf8.TryCopyTo(destination);
        }
    }

    private readonly struct Broken : IMask
    {
        public MaskTraits Traits => MaskTraits.None;

        public int GetMaxLength(int sourceLength) => 1;

        public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) => throw new NotSupportedException();

        public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten)
        {
            bytesWritten = 1;
            destination[0] = 0xC3;
            return true;
        }
    }
}
