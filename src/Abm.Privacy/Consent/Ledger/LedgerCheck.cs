using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>What the parts of events must keep to.</summary>
internal static class LedgerCheck
{
    private static readonly DateTimeOffset Earliest = new(1973, 3, 3, 9, 46, 40, TimeSpan.Zero); // 100,000,000,000 ms: below it facts count as unknown

    public static DateTimeOffset Instant(DateTimeOffset value, string name) => value >= Earliest
        ? DateTimeOffset.FromUnixTimeMilliseconds(value.ToUnixTimeMilliseconds())
        : throw new ArgumentException($"{name} was never set, or lies before 3 March 1973.", name);

    public static DateTimeOffset? OptionalInstant(DateTimeOffset? value, string name) => value is { } instant ? Instant(instant, name) : null;

    public static string Text(string value, int maxBytes, string name)
    {
        OpaqueId.ThrowIfInvalid(value, name, maxBytes);
        return value;
    }

    public static string? OptionalText(string? value, int maxBytes, string name) => value is null ? null : Text(value, maxBytes, name);

    public static T Defined<T>(T value, string name)
        where T : struct, Enum => Enum.IsDefined(value) ? value : throw new ArgumentException($"{name} is none of the named values.", name);

    public static string? Code(string? value, IReadOnlyList<string> codes, string name) => value is null || codes.Contains(value)
        ? value
        : throw new ArgumentException($"{name} is none of the known codes: {string.Join(", ", codes)}.", name);

    public static PurposeScope Scope(PurposeScope value, string name) =>
        !value.IsUnset ? value : throw new ArgumentException($"{name} was never set. Use a Purpose, or PurposeScope.Everything.", name);

    public static int? Cap(int? value, string name) => value is null or (>= 0 and <= 1_000_000)
        ? value
        : throw new ArgumentOutOfRangeException(name, "A cap is 0 to 1,000,000 messages.");
}
