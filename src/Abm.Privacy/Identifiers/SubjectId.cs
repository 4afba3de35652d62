using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Identifiers;

/// <summary>
/// The person whose data this is, as the application's own opaque id; it selects the person's key. Use a random id, not
/// an e-mail address. Compared byte by byte. 1 to 128 bytes of UTF-8. Never shown by <see cref="ToString"/> or in JSON.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(PlaceholderJsonConverter<SubjectId>))]
public readonly struct SubjectId : IEquatable<SubjectId>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _value;

    /// <summary>Creates a subject id.</summary>
    /// <param name="value">1 to 128 bytes of UTF-8, without half surrogate pairs.</param>
    /// <exception cref="ArgumentException">The value is empty, too long or not valid Unicode.</exception>
    public SubjectId(string value)
    {
        OpaqueId.ThrowIfInvalid(value, nameof(value));
        _value = value;
    }

    /// <summary>The id as text.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    public string Value => _value ?? throw new InvalidOperationException("This SubjectId was never set. Create it with new SubjectId(text).");

    /// <summary>Compares two ids byte by byte.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(SubjectId left, SubjectId right) => left.Equals(right);

    /// <summary>Compares two ids byte by byte.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(SubjectId left, SubjectId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(SubjectId other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SubjectId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : string.GetHashCode(_value, StringComparison.Ordinal);

    /// <summary>A placeholder: ids of persons stay out of logs.</summary>
    /// <returns><c>[subject]</c>.</returns>
    public override string ToString() => "[subject]";
}
