using System.Collections;
using System.Collections.Concurrent;
using System.Net.NetworkInformation;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Abm.Privacy.Tests.Masking.Logging;

/// <summary>Names and values in whatever type they come: the name says what is hidden.</summary>
public sealed class LogPairTests : IDisposable
{
    private const string Secret = "s3cr3t-abc";
    private static readonly Guid Number = Guid.Parse("3f2504e0-4f89-11d3-9a0c-0305e82c3301");

    private readonly CapturingProvider _provider = new();
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;

    public LogPairTests()
    {
        _factory = LoggerFactory.Create(logging => logging.AddProvider(_provider).AddPrivacyMasking());
        _logger = _factory.CreateLogger("Shop");
    }

    public static TheoryData<string, string> Collections => new()
    {
        { "headers", "[Authorization, ***], [Accept, text]" },
        { "headers of sequences", "[Authorization, ***], [Accept, text]" },
        { "JSON", "[Authorization, ***], [Accept, text], [Inner, [password, ***]]" },
        { "lookup", "[Authorization, ***], [Accept, text]" },
        { "lookup of values", "[Authorization, ***]" },
        { "lookup by values", "[1, text]" },
        { "group", "[Authorization, ***]" },
        { "group of values", "[Authorization, ***]" },
        { "dictionary of values", "[Authorization, ***], [Accept, 00000000-0000-0000-0000-000000000000]" },
        { "dictionary of concurrent values", "[Authorization, ***]" },
        { "pairs of values", "[Authorization, ***], [Accept, 00000000-0000-0000-0000-000000000000]" },
        { "pairs of objects", "[Authorization, ***]" },
        { "pair of a value", "[Authorization, ***]" },
        { "pair of a list", "[Authorization, ***]" },
        { "pair of a pair", "[outer, [Authorization, ***]]" },
        { "pair of a number and a text", "[7, text]" },
        { "pair whose key has commas", "[a, b, password, ***]" },
        { "pair of a text that has a member", "[1, Login { Name = Jo, Password = ***]" },
    };

    public void Dispose() => _factory.Dispose();

    [Theory]
    [MemberData(nameof(Collections))]
    public void A_hidden_key_is_hidden_in_a_collection_of_any_type(string name, string expected)
    {
        _logger.LogInformation("{Value}", Sample(name));
        _logger.LogInformation("{Values}", (object)new[] { Sample(name) });
        _logger.LogInformation("{Password}", Sample(name));
        _logger.LogError(new TimeoutException { Data = { ["sent"] = Sample(name) } }, "late");
        using (_logger.BeginScope(Sample(name)))
        using (_logger.BeginScope(new Dictionary<string, object> { ["sent"] = Sample(name) }))
        {
            _logger.LogInformation("in scope");
        }

        Assert.Equal(expected, _provider.Messages.First());
        Assert.DoesNotContain(Secret, _provider.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Number.ToString(), _provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Dictionaries_of_any_type_arrive_as_dictionaries_of_masked_values()
    {
        _logger.LogInformation("{Headers} {Counts}", Sample("headers"), new Dictionary<string, int> { ["a"] = 1 });

        var values = _provider.Values.Select(pair => pair.Value).OfType<IReadOnlyDictionary<string, object?>>().ToList();
        Assert.Equal(["***"], Assert.IsType<object?[]>(values[0]["Authorization"]));
        Assert.Equal(["text"], Assert.IsType<object?[]>(values[0]["Accept"]));
        Assert.Equal(1, values[1]["a"]);
    }

    [Fact]
    public void Entries_of_an_exception_whose_keys_are_masked_alike_are_all_kept()
    {
        _logger.LogError(new TimeoutException { Data = { ["jane@x.com"] = "a", ["john@x.com"] = "b" } }, "late");

        var data = Assert.Single(_provider.Exceptions).Data;
        Assert.Equal(2, data.Count);
        Assert.Equal("a", data["[email]"]);
        Assert.Equal("b", data["[email] (2)"]);
    }

    [Fact]
    public void Many_keys_that_are_masked_alike_cost_no_more_than_as_many_others()
    {
        var map = Enumerable.Range(0, 1000).ToDictionary(i => $"user{i}@example.com", i => i);
        _logger.LogInformation("{Map}", map);

        // each name that is tried is a text of its own: a thousand for the last entry would be 50 MB in all
        var before = GC.GetAllocatedBytesForCurrentThread();
        _logger.LogInformation("{Map}", map);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
        Assert.Contains("[[email] (1000), 999]", _provider.Messages.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_and_tuples_inside_one_another_without_end_are_cut()
    {
        object pair = new KeyValuePair<string, object?>("a", Secret);
        object tuple = (1, (object)Secret);
        for (var i = 0; i < 200_000; i++)
        {
            pair = new KeyValuePair<string, object?>("a", pair);
            tuple = (1, tuple);
        }

        _logger.LogInformation("{Pair}", pair);
        _logger.LogInformation("{Password}", pair);
        _logger.LogInformation("{Tuple}", tuple);
        _logger.LogInformation("{Password}", tuple);

        Assert.All(_provider.Messages, message => Assert.True(message.Length < 200 && message.Contains("too much", StringComparison.Ordinal), message));
        Assert.DoesNotContain(Secret, _provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Tuples_side_by_side_are_cut_too()
    {
        var wide = Enumerable.Repeat<object>((1, 2, 3, 4), 100).ToArray();

        _logger.LogInformation("{Values}", (object)Enumerable.Repeat<object>(wide, 9).ToArray());

        Assert.EndsWith("[withheld: too much to read]", Assert.Single(_provider.Messages), StringComparison.Ordinal);
        Assert.True(_provider.Messages.Single().Length < 5_000);
    }

    [Fact]
    public void A_version_is_no_address()
    {
        _logger.LogInformation("Started {Version} for {Customer}", new Version(10, 0, 4, 1), "jane.doe@example.com");
        _logger.LogInformation("Started {Version} from 10.0.4.1", new Version(10, 0, 4, 1));

        Assert.Equal(["Started 10.0.4.1 for [email]", "Started 10.0.4.1 from [ip-address]"], _provider.Messages);
        Assert.Equal(new Version(10, 0, 4, 1), _provider.Values.First().Value);
    }

    [Theory]
    [InlineData("02005E100001", "[mac-address]")]
    [InlineData("02-00-5E-FF-FE-10-00-01", "[mac-address]")]
    [InlineData("000000000000", "000000000000")]
    public void The_address_of_a_network_card_is_masked(string text, string expected)
    {
        _logger.LogInformation("{Card}", PhysicalAddress.Parse(text));

        Assert.Equal(expected, Assert.Single(_provider.Messages));
        Assert.Equal(expected, _provider.Values.First().Value);
    }

    [Fact]
    public void A_sequence_that_can_be_read_once_is_read_once()
    {
        var reads = 0;
        using var queue = new BlockingCollection<string> { "jane@x.com", "spring" };
        queue.CompleteAdding();
        _logger.LogInformation("to {Queue} and {Lazy}", queue.GetConsumingEnumerable(), Lazy());

        Assert.Equal("to [email], spring and a, b", Assert.Single(_provider.Messages));
        Assert.Equal(1, reads);
        object?[][] expected = [["[email]", "spring"], ["a", "b"]];
        Assert.Equal(expected, _provider.Values.Take(2).Select(pair => (object?[])pair.Value!));

        IEnumerable<string> Lazy()
        {
            reads++;
            yield return "a";
            yield return "b";
        }
    }

    [Fact]
    public void Sequences_that_can_be_read_once_are_read_once_wherever_they_stand()
    {
        var reads = 0;
        _logger.LogInformation("in {List}", (object)new object[] { Once("a") });
        _logger.LogInformation("secret={Secret} apikey={Name}", Once("b"), Once("ccc"));
        _logger.Log(LogLevel.Information, 0, Pairs(), null, (_, _) => "state");
        using (_logger.BeginScope("for {Value}", Once("e")))
        using (_logger.BeginScope(Pairs()))
        {
            _logger.LogInformation("in scope");
            _logger.LogInformation("in scope");
        }

        Assert.Equal(["in a", "secret=*** apikey=***", "to: d", "in scope", "in scope"], _provider.Messages);
        Assert.Equal(["***"], Assert.IsType<object?[]>(_provider.Values.Single(pair => pair.Key == "Name").Value));
        Assert.Equal(6, reads);

        IEnumerable<string> Once(string item)
        {
            reads++;
            yield return item;
        }

        IEnumerable<KeyValuePair<string, object?>> Pairs()
        {
            reads++;
            yield return new("to", "d");
        }
    }

    [Fact]
    public void A_dictionary_that_changes_within_its_scope_is_shown_as_it_is()
    {
        var (map, list) = (new Dictionary<string, object?> { ["step"] = "one" }, new List<string> { "first" });
        using (_logger.BeginScope(map))
        using (_logger.BeginScope("{List}", list))
        {
            _logger.LogInformation("begins");
            (map["step"], list[0]) = ("two", "second");
            _provider.Seen.Clear();
            _logger.LogInformation("ends");
        }

        Assert.Contains("two", _provider.Seen);
        Assert.Contains("second", _provider.Seen);
    }

    private static object Sample(string name) => name switch
    {
        "headers" => new Headers<StringValues> { { "Authorization", Secret }, { "Accept", "text" } },
        "headers of sequences" => new Headers<IEnumerable<string>> { { "Authorization", [Secret] }, { "Accept", ["text"] } },
        "JSON" => new JsonObject { ["Authorization"] = Secret, ["Accept"] = "text", ["Inner"] = new JsonObject { ["password"] = Secret } },
        "lookup" => new[] { ("Authorization", Secret), ("Accept", "text") }.ToLookup(pair => pair.Item1, pair => pair.Item2),
        "lookup of values" => new[] { Number }.ToLookup(_ => "Authorization"),
        "lookup by values" => new[] { Secret[..0] + "text" }.ToLookup(_ => 1),
        "group" => new[] { Secret }.GroupBy(_ => "Authorization").Single(),
        "group of values" => new[] { Number }.GroupBy(_ => "Authorization").Single(),
        "dictionary of values" => new Dictionary<string, Guid> { ["Authorization"] = Number, ["Accept"] = Guid.Empty },
        "dictionary of concurrent values" => new ConcurrentDictionary<string, string[]> { ["Authorization"] = [Secret] },
        "pairs of values" => new Headers<Guid> { { "Authorization", Number }, { "Accept", Guid.Empty } },
        "pairs of objects" => new[] { new KeyValuePair<object, object?>("Authorization", Secret) },
        "pair of a value" => new KeyValuePair<string, Guid>("Authorization", Number),
        "pair of a list" => new KeyValuePair<string, string[]>("Authorization", [Secret]),
        "pair of a pair" => new KeyValuePair<string, object?>("outer", new KeyValuePair<string, Guid>("Authorization", Number)),
        "pair of a number and a text" => new KeyValuePair<int, string>(7, "text"),
        "pair whose key has commas" => new KeyValuePair<string, Uncommon>("a, b, password", new Uncommon(Secret)),
        "pair of a text that has a member" => new KeyValuePair<int, Login>(1, new Login("Jo", Secret)),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private sealed record Login(string Name, string Password);

    private sealed class Uncommon(string text)
    {
        public override string ToString() => text;
    }

    /// <summary>As the headers of a request: no <see cref="IDictionary"/>.</summary>
    private sealed class Headers<TValue> : IEnumerable<KeyValuePair<string, TValue>>
    {
        private readonly List<KeyValuePair<string, TValue>> _pairs = [];

        public void Add(string key, TValue value) => _pairs.Add(new(key, value));

        public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => _pairs.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
