using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// One address, number or device by which one person is reached, as a random id (UUID of version 4) that says nothing about it. Events,
/// facts and decisions name this id alone, so that they stay readable, and nobody's, when the person is forgotten.
/// </summary>
public readonly struct ContactPointId : IEquatable<ContactPointId>, IComparable<ContactPointId>
{
    /// <summary>Creates an id from a stored one.</summary>
    /// <param name="value">Any UUID but the empty one.</param>
    /// <exception cref="ArgumentException">The UUID is empty.</exception>
    public ContactPointId(Guid value)
    {
        if (value == Guid.Empty)
        {
            throw new ArgumentException("An empty UUID is no contact point. Use the id that registering it returned.", nameof(value));
        }

        Value = value;
    }

    /// <summary>The UUID; empty if the id was never set.</summary>
    public Guid Value { get; }

    /// <summary>Whether the id was never set.</summary>
    public bool IsUnset => Value == Guid.Empty;

    /// <summary>Compares two ids.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ContactPointId left, ContactPointId right) => left.Equals(right);

    /// <summary>Compares two ids.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ContactPointId left, ContactPointId right) => !left.Equals(right);

    /// <summary>Compares two ids by their UUIDs.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether the first comes before the second.</returns>
    public static bool operator <(ContactPointId left, ContactPointId right) => left.CompareTo(right) < 0;

    /// <summary>Compares two ids by their UUIDs.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether the first comes before the second, or is it.</returns>
    public static bool operator <=(ContactPointId left, ContactPointId right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two ids by their UUIDs.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether the first comes after the second.</returns>
    public static bool operator >(ContactPointId left, ContactPointId right) => left.CompareTo(right) > 0;

    /// <summary>Compares two ids by their UUIDs.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether the first comes after the second, or is it.</returns>
    public static bool operator >=(ContactPointId left, ContactPointId right) => left.CompareTo(right) >= 0;

    /// <summary>A new random id.</summary>
    /// <returns>The id.</returns>
    public static ContactPointId NewId() => new(Guid.NewGuid());

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A UUID such as <see cref="ToString"/> gives; null is refused.</param>
    /// <param name="id">The id, or the unset one.</param>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContactPointId id)
    {
        var valid = Guid.TryParse(text, out var value) && value != Guid.Empty;
        id = valid ? new ContactPointId(value) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(ContactPointId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public bool Equals(ContactPointId other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ContactPointId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The UUID in lower case with hyphens.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value.ToString();
}
