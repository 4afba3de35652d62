using System.Collections;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Tests.Masking.Logging;

/// <summary>The shapes in which a value gets into a log.</summary>
internal static partial class LogShapes
{
    private static readonly Action<ILogger, string, int, Guid, Exception?> Defined =
        LoggerMessage.Define<string, int, Guid>(LogLevel.Information, new EventId(7, "Defined"), "Customer {Customer} has {Count} orders in {Id}");

    public static IReadOnlyDictionary<string, Action<ILogger, string>> All { get; } = new Dictionary<string, Action<ILogger, string>>
    {
        ["template"] = (logger, value) => logger.LogInformation("Hello {Value}!", value),
        ["two values"] = (logger, value) => logger.LogInformation("{Count} {Value}", 17, value),
        ["values that touch"] = (logger, value) => logger.LogInformation("x{Value}y{Other}", value, 5),
        ["interpolated"] = (logger, value) => logger.LogInformation($"for {value} and {{more}}"),
        ["aligned and formatted"] = (logger, value) => logger.LogInformation("[{Value,40}] {Price:0.00} {Day:yyyy-MM-dd}", value, 2.5, new DateOnly(2026, 1, 2)),
        ["defined"] = (logger, value) => Defined(logger, value, 3, Guid.Empty, null),
        ["generated"] = (logger, value) => Generated(logger, value, 3, 1.5),
        ["generated with a format"] = (logger, value) => GeneratedFormat(logger, 1.5, value, 3),
        ["generated with an object"] = (logger, value) => GeneratedObject(logger, new Person("Jo", value, null)),
        ["generated with a list"] = (logger, value) => GeneratedList(logger, ["a", value]),
        ["named value that the line does not show"] = (logger, value) => GeneratedHidden(logger, "x", value),
        ["record"] = (logger, value) => logger.LogInformation("{@Person}", new Person("Jo", "-", new Person("Al", value, null))),
        ["anonymous type"] = (logger, value) => logger.LogInformation("{Person}", new { Name = "Jo", Inner = new { Contact = value } }),
        ["class without a text"] = (logger, value) => logger.LogInformation("{Person}", new Plain { Contact = value }),
        ["array"] = (logger, value) => logger.LogInformation("{Values}", (object)new[] { "a", value }),
        ["jagged"] = (logger, value) => logger.LogInformation("{Values}", (object)new object[] { 1, new object[] { new List<string> { value } } }),
        ["lazy sequence"] = (logger, value) => logger.LogInformation("{Values}", Enumerable.Range(0, 3).Select(i => i == 1 ? value : "-")),
        ["dictionary"] = (logger, value) => logger.LogInformation("{Map}", new Dictionary<string, string> { ["to"] = value }),
        ["dictionary key"] = (logger, value) => logger.LogInformation("{Map}", new Dictionary<string, int> { [value] = 1 }),
        ["hashtable in a dictionary"] = (logger, value) => logger.LogInformation("{Map}", new Dictionary<string, object> { ["a"] = new Hashtable { ["b"] = value } }),
        ["tuple"] = (logger, value) => logger.LogInformation("{Pair}", ("contact", value)),
        ["uri"] = (logger, value) => logger.LogInformation("{Uri}", new Uri("https://shop.example/?q=" + Uri.EscapeDataString(value))),
        ["exception as a value"] = (logger, value) => logger.LogInformation("{Error}", Failure(value)),
        ["exception"] = (logger, value) => logger.LogError(Failure(value), "failed"),
        ["inner exception"] = (logger, value) => logger.LogError(new InvalidOperationException("outer", Failure(value)), "failed"),
        ["aggregate"] = (logger, value) => logger.LogError(new AggregateException("several", new TimeoutException(), new AggregateException(Failure(value))), "failed"),
        ["exception data"] = (logger, value) => logger.LogError(WithData("note", value), "failed"),
        ["exception data key"] = (logger, value) => logger.LogError(WithData(value, new Person("Jo", value, null)), "failed"),
        ["exception property"] = (logger, value) => logger.LogError(new ContactException(value), "failed"),
        ["exception in the message"] = (logger, value) => logger.Log(LogLevel.Error, 0, "state", Failure(value), (state, error) => state + error),
        ["string state"] = (logger, value) => logger.Log(LogLevel.Information, 0, value, null, (state, _) => state),
        ["object state"] = (logger, value) => logger.Log(LogLevel.Information, 0, new Person("Jo", value, null), null, (state, _) => state.Contact),
        ["dictionary state"] = (logger, value) => logger.Log(LogLevel.Information, 0, new Dictionary<string, object?> { ["to"] = value }, null, (state, _) => "to " + state["to"]),
        ["pairs without a template"] = (logger, value) => logger.Log(LogLevel.Information, 0, new List<KeyValuePair<string, object?>> { new("to", value) }, null, (state, _) => "to " + state[0].Value),
        ["scope text"] = (logger, value) => InScope(logger, value),
        ["scope template"] = (logger, value) => Within(logger, logger.BeginScope("for {Value}", value)),
        ["scope dictionary"] = (logger, value) => InScope(logger, new Dictionary<string, object?> { ["to"] = value }),
        ["scope dictionary of texts"] = (logger, value) => InScope(logger, new Dictionary<string, string> { ["to"] = value }),
        ["scope hashtable"] = (logger, value) => InScope(logger, new Hashtable { ["to"] = value }),
        ["scope pair"] = (logger, value) => InScope(logger, new KeyValuePair<string, object?>("to", value)),
        ["scope pairs"] = (logger, value) => InScope(logger, Enumerable.Repeat(new KeyValuePair<string, object?>("to", value), 2)),
        ["scope tuple"] = (logger, value) => InScope(logger, ("to", (object)value)),
        ["scope record"] = (logger, value) => InScope(logger, new Person("Jo", value, null)),
        ["scope of scopes"] = (logger, value) =>
        {
            using (logger.BeginScope("outer {Value}", value))
            using (logger.BeginScope(new Dictionary<string, object?> { ["inner"] = new[] { value } }))
            {
                logger.LogInformation("in two");
            }
        },
    };

    [LoggerMessage(1, LogLevel.Information, "Campaign {Campaign} reached {Count} contacts in {Elapsed} ms")]
    public static partial void Generated(ILogger logger, string campaign, int count, double elapsed);

    [LoggerMessage(6, LogLevel.Information, "apikey= {Value} end")]
    public static partial void Secret(ILogger logger, string value);

    [LoggerMessage(2, LogLevel.Information, "{Elapsed:0.00} ms for {Campaign,-12} and {Count:D4}")]
    public static partial void GeneratedFormat(ILogger logger, double elapsed, string campaign, int count);

    [LoggerMessage(3, LogLevel.Information, "Person {Person}")]
    public static partial void GeneratedObject(ILogger logger, object person);

    [LoggerMessage(4, LogLevel.Information, "Persons {Persons}")]
    public static partial void GeneratedList(ILogger logger, IEnumerable<string> persons);

#pragma warning disable SYSLIB1015 // a value that providers see and the line does not show is the point
    [LoggerMessage(5, LogLevel.Information, "Shown {Shown}")]
    public static partial void GeneratedHidden(ILogger logger, string shown, string contact);
#pragma warning restore SYSLIB1015

    private static void InScope<TState>(ILogger logger, TState state)
        where TState : notnull =>
        Within(logger, logger.BeginScope(state));

    private static void Within(ILogger logger, IDisposable? scope)
    {
        logger.LogInformation("in scope");
        scope?.Dispose();
    }

    private static InvalidOperationException Failure(string value)
    {
        try
        {
            throw new InvalidOperationException("no answer for " + value);
        }
        catch (InvalidOperationException error)
        {
            return error;
        }
    }

    private static TimeoutException WithData(object key, object value) => new("late") { Data = { [key] = value } };

    internal sealed record Person(string Name, string Contact, Person? Inner);

    internal sealed class Plain
    {
        public string Contact { get; init; } = "";
    }

    internal sealed class ContactException(string contact) : Exception("failed")
    {
        public string Contact { get; } = contact;
    }
}
