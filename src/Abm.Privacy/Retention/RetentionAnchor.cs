using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy.Retention;

/// <summary>The event from which a retention period runs, by name.</summary>
public readonly struct RetentionAnchor : IEquatable<RetentionAnchor>
{
    private const string CustomPrefix = "custom:";

    private static readonly string[] WellKnown = ["record-created", "record-modified", "last-activity", "consent-withdrawn", "purpose-ended", "contract-ended"];

    private readonly string? _name;

    private RetentionAnchor(string name) => _name = name;

    /// <summary>The record was made: <c>record-created</c>.</summary>
    public static RetentionAnchor RecordCreated => new(WellKnown[0]);

    /// <summary>The record was last changed: <c>record-modified</c>.</summary>
    public static RetentionAnchor RecordModified => new(WellKnown[1]);

    /// <summary>The person last did something: <c>last-activity</c>.</summary>
    public static RetentionAnchor LastActivity => new(WellKnown[2]);

    /// <summary>The person withdrew consent: <c>consent-withdrawn</c>.</summary>
    public static RetentionAnchor ConsentWithdrawn => new(WellKnown[3]);

    /// <summary>The purpose was reached or given up: <c>purpose-ended</c>.</summary>
    public static RetentionAnchor PurposeEnded => new(WellKnown[4]);

    /// <summary>The contract ended: <c>contract-ended</c>.</summary>
    public static RetentionAnchor ContractEnded => new(WellKnown[5]);

    /// <summary>The name; empty if the anchor was never set.</summary>
    public string Name => _name ?? "";

    /// <summary>Compares two anchors by name.</summary>
    /// <param name="left">One anchor.</param>
    /// <param name="right">The other anchor.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(RetentionAnchor left, RetentionAnchor right) => left.Equals(right);

    /// <summary>Compares two anchors by name.</summary>
    /// <param name="left">One anchor.</param>
    /// <param name="right">The other anchor.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(RetentionAnchor left, RetentionAnchor right) => !left.Equals(right);

    /// <summary>An event of the application: <c>Custom("event-attended")</c> has the name <c>custom:event-attended</c>.</summary>
    /// <param name="name">Lower-case letters, digits and hyphens, starting with a letter; at most 64.</param>
    /// <returns>The anchor.</returns>
    /// <exception cref="ArgumentException">The name has another form.</exception>
    public static RetentionAnchor Custom(string name) =>
        TryParse(CustomPrefix + name, out var anchor) ? anchor : throw new ArgumentException("Write lower-case letters, digits and hyphens, starting with a letter.", nameof(name));

    /// <summary>Reads an anchor's name.</summary>
    /// <param name="name">One of the names that stand at the anchors, or <c>custom:</c> and a name.</param>
    /// <param name="anchor">The anchor, or the default.</param>
    /// <returns>Whether the name is one of an anchor.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, out RetentionAnchor anchor)
    {
        var known = name is not null && (Array.IndexOf(WellKnown, name) >= 0 || IsCustom(name));
        anchor = known ? new RetentionAnchor(name!) : default;
        return known;
    }

    /// <inheritdoc/>
    public bool Equals(RetentionAnchor other) => string.Equals(_name, other._name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RetentionAnchor other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _name is null ? 0 : string.GetHashCode(_name, StringComparison.Ordinal);

    /// <summary>The name.</summary>
    /// <returns>The name; empty if the anchor was never set.</returns>
    public override string ToString() => Name;

    private static bool IsCustom(string name)
    {
        if (!name.StartsWith(CustomPrefix, StringComparison.Ordinal) || name.Length - CustomPrefix.Length is < 1 or > 64)
        {
            return false;
        }

        var own = name.AsSpan(CustomPrefix.Length);
        foreach (var c in own)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return char.IsAsciiLetterLower(own[0]);
    }
}
