namespace Abm.Privacy.Consent.Language;

/// <summary>A part of the day, from the first minute up to and not including the last; it may pass midnight.</summary>
internal sealed record LocalTimeWindow(TimeOnly From, TimeOnly To)
{
    public bool Contains(TimeOnly time) => time.IsBetween(From, To);
}
