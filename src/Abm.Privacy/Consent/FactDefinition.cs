using System.Reflection;
using System.Runtime.CompilerServices;
using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent;

/// <summary>One fact that a policy may ask about: its name, type and what null means.</summary>
public sealed class FactDefinition
{
    /// <summary>The first instant that counts, in Unix milliseconds: in 1973. Seconds and a column's zero lie before it, and no consent was recorded earlier.</summary>
    public const long EarliestInstant = 100_000_000_000;

    /// <summary>The last instant that counts, in Unix milliseconds: the end of the year 9999. Ticks lie after it.</summary>
    public const long LatestInstant = 253_402_300_799_999;

    private readonly string[] _values;
    private readonly Func<ConsentFacts, ConsentQuestion, long?>? _number;
    private readonly Func<ConsentFacts, ConsentQuestion, string?>? _text;

    private FactDefinition(
        string name,
        FactType type,
        NullMeaning nullMeaning,
        string[] values,
        Func<ConsentFacts, ConsentQuestion, long?>? number,
        Func<ConsentFacts, ConsentQuestion, string?>? text,
        PropertyInfo? property)
    {
        Name = name;
        Type = type;
        NullMeaning = nullMeaning;
        AllowedValues = values.AsReadOnly();
        _values = values;
        _number = number;
        _text = text;
        Property = property;
    }

    /// <summary>The name in policies, such as <c>consent.status</c>.</summary>
    public string Name { get; }

    /// <summary>The type.</summary>
    public FactType Type { get; }

    /// <summary>What null means.</summary>
    public NullMeaning NullMeaning { get; }

    /// <summary>The codes of a fact of type <see cref="FactType.Code"/>; empty for other types. Another text in a row counts as unknown.</summary>
    public IReadOnlyList<string> AllowedValues { get; }

    /// <summary>
    /// Where the fact stands in <see cref="ConsentFacts"/>, or in <see cref="ConsentQuestion"/> for a fact of the message. Null for a fact that is
    /// read in another way, which no faster form of a rule can see through.
    /// </summary>
    public PropertyInfo? Property { get; }

    /// <summary>The name.</summary>
    /// <returns>The name in policies.</returns>
    public override string ToString() => Name;

    internal static FactDefinition Boolean(
        string name, NullMeaning meaning, Func<ConsentFacts, bool?> read, [CallerArgumentExpression(nameof(read))] string source = "") =>
        new(name, FactType.Boolean, meaning, [], (facts, _) => ToNumber(read(facts)), null, OfRow(source));

    internal static FactDefinition OfMessage(string name, Func<ConsentQuestion, bool> read, [CallerArgumentExpression(nameof(read))] string source = "") =>
        new(name, FactType.Boolean, NullMeaning.MessageConstant, [], (_, question) => ToNumber(read(question)), null, typeof(ConsentQuestion).GetProperty(Member(source)));

    internal static FactDefinition Number(
        string name, NullMeaning meaning, Func<ConsentFacts, int?> read, [CallerArgumentExpression(nameof(read))] string source = "") =>
        new(name, FactType.Number, meaning, [], (facts, _) => read(facts), null, OfRow(source));

    internal static FactDefinition Instant(
        string name, NullMeaning meaning, Func<ConsentFacts, long?> read, [CallerArgumentExpression(nameof(read))] string source = "") =>
        new(name, FactType.Instant, meaning, [], (facts, _) => read(facts), null, OfRow(source));

    internal static FactDefinition Code(
        string name, NullMeaning meaning, Func<ConsentFacts, string?> read, string[] values, [CallerArgumentExpression(nameof(read))] string source = "") =>
        new(name, FactType.Code, meaning, values, null, (facts, _) => read(facts), OfRow(source));

    internal static FactDefinition TimeZone(
        string name, NullMeaning meaning, Func<ConsentFacts, string?> read, [CallerArgumentExpression(nameof(read))] string source = "") =>
        new(name, FactType.TimeZone, meaning, [], null, (facts, _) => read(facts), OfRow(source));

    /// <summary>The fact of one row. A code that is not in the list is unknown, so that a misspelled row never opens anything; so is an instant that cannot be in milliseconds.</summary>
    internal FactValue Read(ConsentFacts facts, ConsentQuestion question)
    {
        if (_number is not null)
        {
            return _number(facts, question) is not { } number ? Missing
                : Type == FactType.Instant && (number is < EarliestInstant or > LatestInstant) ? FactValue.Unknown
                : FactValue.Of(number);
        }

        return OfText(_text!(facts, question));
    }

    /// <summary>A fact that is no text as it stands in the row: 0 and 1 for booleans.</summary>
    internal long? ReadNumber(ConsentFacts facts, ConsentQuestion question) => _number!(facts, question);

    /// <summary>A code or zone as it stands in the row.</summary>
    internal string? ReadText(ConsentFacts facts, ConsentQuestion question) => _text!(facts, question);

    /// <summary>The place of a code in the list; -1 if it is not there.</summary>
    internal int IndexOf(string code)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (string.Equals(_values[i], code, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The value that a text of a row means.</summary>
    internal FactValue OfText(string? text)
    {
        if (text is null)
        {
            return Missing;
        }

        var known = Type == FactType.TimeZone ? TimeZones.TryFind(text, out _) : IndexOf(text) >= 0;
        return known ? FactValue.Of(text) : FactValue.Unknown;
    }

    private FactValue Missing => NullMeaning == NullMeaning.KnownAbsent ? FactValue.Absent : FactValue.Unknown;

    private static PropertyInfo? OfRow(string source) => typeof(ConsentFacts).GetProperty(Member(source));

    /// <summary>The member of a lambda such as <c>f =&gt; f.ContactZone</c>: the row's property is named once, where it is read.</summary>
    private static string Member(string source) => source[(source.LastIndexOf('.') + 1)..];

    private static long? ToNumber(bool? value) => value is { } known ? (known ? 1 : 0) : null;
}
