using System.Globalization;

namespace Abm.Privacy.Consent.Changes;

/// <summary>One value that a fact might have, for rows and for readers.</summary>
internal readonly record struct FactWish(FactDefinition? Fact, long? Number, string? Text, ChangedBy By)
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The name; without a fact it is the jurisdiction.</summary>
    public string Name => Fact?.Name ?? FactChange.Jurisdiction;

    public FactChange Change => new(Name, Value, By);

    private string? Value => Fact?.Type switch
    {
        FactType.Boolean when Number is { } number => number == 1 ? "true" : "false",
        FactType.Instant when Number is { } number => DateTimeOffset.FromUnixTimeMilliseconds(number).UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture),
        FactType.Number => Number?.ToString(CultureInfo.InvariantCulture),
        _ => Text,
    };
}
