namespace Abm.Privacy.Consent.Language;

/// <summary>A fact of one row, or a literal: known, known to be absent, or unknown. Booleans are 0 and 1, instants Unix milliseconds.</summary>
internal readonly record struct FactValue
{
    private enum Presence
    {
        Unknown = 0,
        Absent = 1,
        Known = 2,
    }

    private readonly Presence _presence;

    private FactValue(Presence presence, long number, string? text)
    {
        _presence = presence;
        Number = number;
        Text = text;
    }

    public static FactValue Unknown => default;

    public static FactValue Absent { get; } = new(Presence.Absent, 0, null);

    public bool IsUnknown => _presence == Presence.Unknown;

    public bool IsAbsent => _presence == Presence.Absent;

    public long Number { get; }

    public string? Text { get; }

    public static FactValue Of(long number) => new(Presence.Known, number, null);

    public static FactValue Of(string text) => new(Presence.Known, 0, text);

    /// <summary>The order of two known values of one type; texts are only ever tested for equality.</summary>
    public int CompareTo(FactValue other) =>
        Text is null ? Number.CompareTo(other.Number) : string.CompareOrdinal(Text, other.Text);

    /// <summary>Personal data of a row stays out of logs.</summary>
    public override string ToString() => _presence.ToString();
}
