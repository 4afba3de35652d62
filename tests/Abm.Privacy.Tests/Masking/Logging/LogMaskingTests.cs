using System.Collections;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Logging;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Tests.Masking.Logging;

public sealed class LogMaskingTests : IDisposable
{
    private const string Email = "jane.doe@example.com";
    private const long Card = 4111111111111111;

    private readonly CapturingProvider _provider = new();
    private readonly List<ILoggerFactory> _factories = [];

    public void Dispose() => _factories.ForEach(factory => factory.Dispose());

    [Fact]
    public void Message_and_values_are_masked_and_keys_stay()
    {
        Logger().LogInformation("Order {Order} of {Customer} for {Amount:0.00}", 42, Email, 9.5);

        Assert.Equal("Order 42 of [email] for 9.50", Assert.Single(_provider.Messages));
        Assert.Equal(
            [new("Order", 42), new("Customer", "[email]"), new("Amount", 9.5), new("{OriginalFormat}", "Order {Order} of {Customer} for {Amount:0.00}")],
            _provider.Values);
    }

    [Fact]
    public void Level_event_and_category_stay()
    {
        var seen = new List<string>();
        var logger = Logger(logging => logging.AddProvider(new Recorder((category, level, id) => seen.Add($"{category} {level} {id.Id} {id.Name}"))));

        logger.Log(LogLevel.Warning, new EventId(5, "Sent"), "to {Customer}", Email);

        Assert.Equal(["Shop Warning 5 Sent"], seen);
    }

    [Fact]
    public void Numbers_dates_and_identifiers_keep_their_type_unless_they_read_like_personal_data()
    {
        var id = Guid.Parse("07805112-0000-4000-8000-411111111111");
        Logger().LogInformation("{A} {B} {C} {D} {E} {F} {G}", 7, 1.5m, id, new DateOnly(2026, 1, 2), DayOfWeek.Friday, true, Card);

        object?[] expected = [7, 1.5m, id, new DateOnly(2026, 1, 2), DayOfWeek.Friday, true, "[payment-card]"];
        Assert.Equal(expected, _provider.Values.Take(7).Select(pair => pair.Value));
        Assert.DoesNotContain("4111111111111111", _provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_split_over_placeholders_is_found_in_the_message()
    {
        Logger().LogInformation("card {First}{Second}", "41111111", "11111111");

        Assert.Equal("card [payment-card]", Assert.Single(_provider.Messages));
    }

    [Theory]
    [InlineData("Password")]
    [InlineData("db_password")]
    [InlineData("@Password")]
    [InlineData("X-Api-Key")]
    [InlineData("accessToken")]
    [InlineData("AUTHORIZATION")]
    [InlineData("Password1")]
    [InlineData("Passwords")]
    [InlineData("ApiKeys2")]
    [InlineData("credentials3")]
    public void The_value_of_a_hidden_key_is_never_shown(string key)
    {
        var logger = Logger();
        logger.LogInformation("with {" + key + "} set", "hunter2");
        logger.LogInformation("with {Map}", new Dictionary<string, object> { [key] = new List<string> { "hunter2" } });
        using (logger.BeginScope(new Dictionary<string, object?> { [key] = "hunter2" }))
        using (logger.BeginScope((key, "hunter2")))
        {
            logger.LogError(new TimeoutException { Data = { [key] = "hunter2" } }, "late");
        }

        Assert.Equal("with *** set", _provider.Messages.First());
        Assert.DoesNotContain("hunter2", _provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_with_hidden_names_are_cut_from_the_text_of_an_object()
    {
        Logger().LogInformation("{User}", new User("Jo", "hunter2, with comma", 4));
        Logger().LogInformation("{User}", new { Name = "Jo", Password = "hunter2" });

        Assert.Equal(["User { Name = Jo, Password = ***", "{ Name = Jo, Password = ***"], _provider.Messages);
        Assert.DoesNotContain("hunter2", _provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_with_a_mask_gets_it()
    {
        var logger = Logger(configure: options =>
        {
            options.Masks["Customer"] = "email";
            options.Masks["Number"] = "keep-last:2";
            options.Masks["Page-Token"] = "clear";
            options.Masks["Note"] = "null";
            options.Use("Plate", Mask.Constant("[plate]"));
        });

        logger.LogInformation("{Customer} {Number} {PageToken} {Note} {Plate} {Token}", Email, 123456, "p7", "x", "B-AB 12", "t");

        Assert.StartsWith("j***@example.com ***56 p7 (null) [plate] ***", Assert.Single(_provider.Messages), StringComparison.Ordinal);
        Assert.Equal("j***@example.com", _provider.Values.First().Value);
    }

    [Fact]
    public void Values_that_mask_themselves_pass()
    {
        Protected<string> sealedValue = Email!;
        Logger().LogInformation("{Masked} {Protected}", Mask.Lazy(Email, Mask.Email), sealedValue);

        Assert.Equal("j***@example.com [protected]", Assert.Single(_provider.Messages));
    }

    [Fact]
    public void An_exception_names_its_type_and_keeps_its_trace()
    {
        Exception? thrown = null;
        try
        {
            Throw();
        }
        catch (InvalidOperationException error)
        {
            thrown = new AggregateException("all", error, new TimeoutException(Email));
        }

        Logger().LogError(thrown, "failed");

        var seen = Assert.IsAssignableFrom<AggregateException>(Assert.Single(_provider.Exceptions));
        Assert.Equal(2, seen.InnerExceptions.Count);
        Assert.Equal("no answer for [email]", seen.InnerExceptions[0].Message);
        Assert.Equal("[email]", seen.InnerExceptions[1].Message);
        Assert.Equal("[email]", seen.InnerExceptions[0].Data["to"]);
        Assert.Contains("System.InvalidOperationException: no answer for [email]", seen.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(Throw), seen.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(Throw), seen.InnerException!.StackTrace, StringComparison.Ordinal);
        Assert.Equal(thrown!.HResult, seen.HResult);
    }

    [Fact]
    public void Exceptions_inside_one_another_without_end_are_cut()
    {
        var error = new InvalidOperationException(Email);
        for (var i = 0; i < 300; i++)
        {
            error = new InvalidOperationException("at " + i, error);
        }

        Logger().LogError(error, "failed");

        Assert.DoesNotContain(Email, _provider.All, StringComparison.Ordinal);
        Assert.Single(_provider.Messages);
    }

    [Fact]
    public void What_fails_while_it_is_read_is_withheld_and_logging_goes_on()
    {
        var logger = Logger();
        logger.LogInformation("{Value}", new BrokenText());
        logger.LogInformation("{Value}", new BrokenItems());
        logger.Log(LogLevel.Information, 0, "state", null, (_, _) => throw new NotSupportedException(Email));
        logger.Log(LogLevel.Information, 0, new BrokenList(), null, (_, _) => Email);
        logger.Log(LogLevel.Information, 0, new BrokenItems(), null, (_, _) => Email);
        logger.LogError(new BrokenException(), "failed");
        using (logger.BeginScope(new BrokenText()))
        using (logger.BeginScope(new BrokenItems()))
        using (logger.BeginScope(new BrokenList()))
        {
            logger.LogInformation("still here");
        }

        Assert.Equal(7, _provider.Messages.Count);
        Assert.Equal("[value withheld: FormatException]", _provider.Messages.First());
        Assert.Contains("[log message withheld: NotSupportedException]", _provider.Messages);
        Assert.Equal("still here", _provider.Messages.Last());
        Assert.Contains(nameof(BrokenException), _provider.Exceptions.Single().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Email, _provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_without_end_is_cut()
    {
        Logger().LogInformation("{Values}", Forever());

        Assert.Contains("too much to read", Assert.Single(_provider.Messages), StringComparison.Ordinal);
        Assert.DoesNotContain(Email, _provider.All, StringComparison.Ordinal);

        static IEnumerable<string> Forever()
        {
            while (true)
            {
                yield return Email;
            }
        }
    }

    [Fact]
    public void A_collection_that_holds_itself_is_cut()
    {
        var own = new ArrayList { Email };
        own.Add(own);

        Logger().LogInformation("{Values}", own);

        Assert.Contains("too much to read", Assert.Single(_provider.Messages), StringComparison.Ordinal);
        Assert.DoesNotContain(Email, _provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_nobody_writes_reads_nothing()
    {
        var logger = Logger(logging => logging.SetMinimumLevel(LogLevel.Warning));
        var formatted = false;
        logger.Log(LogLevel.Information, 0, "state", new BrokenException(), (_, _) => (formatted = true).ToString());

        Assert.False(formatted);
        Assert.Empty(_provider.Seen);
    }

    private static void Throw() => throw new InvalidOperationException("no answer for " + Email) { Data = { ["to"] = Email } };

    private ILogger Logger(Action<ILoggingBuilder>? more = null, Action<LogMaskingOptions>? configure = null)
    {
        _factories.Add(LoggerFactory.Create(logging =>
        {
            logging.AddProvider(_provider).AddPrivacyMasking(configure);
            more?.Invoke(logging);
        }));
        return _factories[^1].CreateLogger("Shop");
    }

    private sealed record User(string Name, string Password, int Age);

    private sealed class BrokenText
    {
        public override string ToString() => throw new FormatException(Email);
    }

    private sealed class BrokenItems : IEnumerable<KeyValuePair<string, object?>>
    {
        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return new("to", Email);
            throw new FormatException(Email);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class BrokenList : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 2;

        public KeyValuePair<string, object?> this[int index] => index == 0 ? new("to", Email) : throw new FormatException(Email);

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new FormatException(Email);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class BrokenException : Exception
    {
        public override string Message => throw new FormatException(Email);

        public override IDictionary Data => throw new FormatException(Email);

        public override string ToString() => throw new FormatException(Email);
    }

    private sealed class Recorder(Action<string, LogLevel, EventId> record) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, record);

        public void Dispose()
        {
        }

        private sealed class Logger(string category, Action<string, LogLevel, EventId> record) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                record(category, logLevel, eventId);
        }
    }
}
