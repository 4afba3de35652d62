using System.Collections.Immutable;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>A purpose that the application declares: what it is for, what data it needs, and for how long a consent to it lasts.</summary>
public sealed class PurposeDefinition
{
    /// <summary>Creates a definition.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <param name="description">What it is for, in one sentence that a person understands.</param>
    /// <param name="dataClasses">Every class of data that it needs, each with the classes below it. An empty list needs none.</param>
    /// <param name="consentDuration">How long a consent lasts that states no end, from 1 day to 100 years. Null: it does not end.</param>
    /// <exception cref="ArgumentException">The purpose was never set, the description is empty, a class is unknown, or the duration is out of range.</exception>
    public PurposeDefinition(Purpose purpose, string description, IEnumerable<DataClass> dataClasses, TimeSpan? consentDuration = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        ArgumentNullException.ThrowIfNull(dataClasses);
        if (purpose.IsUnset)
        {
            throw new ArgumentException("The purpose was never set.", nameof(purpose));
        }

        if (consentDuration is { } duration && (duration < TimeSpan.FromDays(1) || duration > TimeSpan.FromDays(36_525)))
        {
            throw new ArgumentException("A consent lasts from 1 day to 100 years. Use null for one that does not end.", nameof(consentDuration));
        }

        (Purpose, Description, DataClasses, ConsentDuration) = (purpose, description, [.. dataClasses], consentDuration);
        if (DataClasses.Any(dataClass => dataClass.IsUnknown))
        {
            throw new ArgumentException("A data class was never set. Use one of DataClasses, or new DataClass(name).", nameof(dataClasses));
        }
    }

    /// <summary>The purpose.</summary>
    public Purpose Purpose { get; }

    /// <summary>What it is for.</summary>
    public string Description { get; }

    /// <summary>The classes of data that it needs.</summary>
    public ImmutableArray<DataClass> DataClasses { get; }

    /// <summary>How long a consent lasts that states no end; null if it does not end.</summary>
    public TimeSpan? ConsentDuration { get; }

    /// <summary>Whether the purpose needs data of a class.</summary>
    /// <param name="dataClass">The class.</param>
    /// <returns>Whether a listed class covers it; false for <see cref="DataClass.Unknown"/>.</returns>
    public bool Needs(DataClass dataClass) => DataClasses.Any(needed => needed.Covers(dataClass));
}
