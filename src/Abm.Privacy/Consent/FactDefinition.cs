using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent;

/// <summary>One fact that a policy may ask about: its name, type and what null means.</summary>
public sealed class FactDefinition
{
    // 1973 to 9999: seconds, ticks and a column's zero all lie outside, and no consent was recorded before
    internal const long EarliestInstant = 100_000_000_000;
    internal const long LatestInstant = 253_402_300_799_999;

    private readonly Func<ConsentFacts, ConsentQuestion, long?>? _number;
    private readonly Func<ConsentFacts, ConsentQuestion, string?>? _text;

    private FactDefinition(
        string name,
        FactType type,
        NullMeaning nullMeaning,
        IReadOnlyList<string> values,
        Func<ConsentFacts, ConsentQuestion, long?>? number,
        Func<ConsentFacts, ConsentQuestion, string?>? text)
    {
        Name = name;
        Type = type;
        NullMeaning = nullMeaning;
        AllowedValues = values;
        _number = number;
        _text = text;
    }

    /// <summary>The name in policies, such as <c>consent.status</c>.</summary>
    public string Name { get; }

    /// <summary>The type.</summary>
    public FactType Type { get; }

    /// <summary>What null means.</summary>
    public NullMeaning NullMeaning { get; }

    /// <summary>The codes of a fact of type <see cref="FactType.Code"/>; empty for other types. Another text in a row counts as unknown.</summary>
    public IReadOnlyList<string> AllowedValues { get; }

    /// <summary>The name.</summary>
    /// <returns>The name in policies.</returns>
    public override string ToString() => Name;

    internal static FactDefinition Boolean(string name, NullMeaning meaning, Func<ConsentFacts, bool?> read) =>
        new(name, FactType.Boolean, meaning, [], (facts, _) => ToNumber(read(facts)), null);

    internal static FactDefinition OfMessage(string name, Func<ConsentQuestion, bool> read) =>
        new(name, FactType.Boolean, NullMeaning.MessageConstant, [], (_, question) => ToNumber(read(question)), null);

    internal static FactDefinition Number(string name, NullMeaning meaning, Func<ConsentFacts, int?> read) =>
        new(name, FactType.Number, meaning, [], (facts, _) => read(facts), null);

    internal static FactDefinition Instant(string name, NullMeaning meaning, Func<ConsentFacts, long?> read) =>
        new(name, FactType.Instant, meaning, [], (facts, _) => read(facts), null);

    internal static FactDefinition Code(string name, NullMeaning meaning, Func<ConsentFacts, string?> read, params string[] values) =>
        new(name, FactType.Code, meaning, values, null, (facts, _) => read(facts));

    internal static FactDefinition TimeZone(string name, NullMeaning meaning, Func<ConsentFacts, string?> read) =>
        new(name, FactType.TimeZone, meaning, [], null, (facts, _) => read(facts));

    /// <summary>The fact of one row. A code that is not in the list is unknown, so that a misspelled row never opens anything; so is an instant that cannot be in milliseconds.</summary>
    internal FactValue Read(ConsentFacts facts, ConsentQuestion question)
    {
        if (_number is not null)
        {
            return _number(facts, question) is not { } number ? Missing
                : Type == FactType.Instant && (number is < EarliestInstant or > LatestInstant) ? FactValue.Unknown
                : FactValue.Of(number);
        }

        var text = _text!(facts, question);
        if (text is null)
        {
            return Missing;
        }

        var known = Type == FactType.TimeZone ? TimeZones.TryFind(text, out _) : AllowedValues.Contains(text);
        return known ? FactValue.Of(text) : FactValue.Unknown;
    }

    private FactValue Missing => NullMeaning == NullMeaning.KnownAbsent ? FactValue.Absent : FactValue.Unknown;

    private static long? ToNumber(bool? value) => value is { } known ? (known ? 1 : 0) : null;
}
