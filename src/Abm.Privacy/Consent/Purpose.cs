namespace Abm.Privacy.Consent;

/// <summary>
/// What data is used for, as a dotted lower-case name such as <c>marketing.newsletter</c>. A purpose covers itself and
/// every purpose below it. Usual ones stand in <see cref="Purposes"/>; an application adds its own by name.
/// </summary>
public readonly struct Purpose : IEquatable<Purpose>
{
    private readonly string? _name;

    /// <summary>Creates a purpose from its name.</summary>
    /// <param name="name">Parts joined by dots; a part starts with a letter and holds <c>a</c> to <c>z</c>, digits and hyphens. At most 128 characters.</param>
    /// <exception cref="ArgumentException">The name has another form.</exception>
    public Purpose(string name)
    {
        if (!DottedName.IsValid(name))
        {
            throw new ArgumentException("This is not the name of a purpose. Write lower-case parts joined by dots, for example 'marketing.newsletter'.", nameof(name));
        }

        _name = name;
    }

    /// <summary>The dotted name.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Name => _name ?? throw new InvalidOperationException("This Purpose was never set. Create it with new Purpose(name), or use Purposes.");

    /// <summary>Whether the value was never set.</summary>
    public bool IsUnset => _name is null;

    /// <summary>Compares two purposes by name.</summary>
    /// <param name="left">One purpose.</param>
    /// <param name="right">The other purpose.</param>
    /// <returns>Whether they are the same purpose.</returns>
    public static bool operator ==(Purpose left, Purpose right) => left.Equals(right);

    /// <summary>Compares two purposes by name.</summary>
    /// <param name="left">One purpose.</param>
    /// <param name="right">The other purpose.</param>
    /// <returns>Whether they are different purposes.</returns>
    public static bool operator !=(Purpose left, Purpose right) => !left.Equals(right);

    /// <summary>Whether the other purpose is this one or lies below it.</summary>
    /// <param name="other">The purpose that may be covered.</param>
    /// <returns>False if either was never set.</returns>
    public bool Covers(Purpose other) => _name is not null && other._name is not null && DottedName.Covers(_name, other._name);

    /// <inheritdoc/>
    public bool Equals(Purpose other) => string.Equals(_name, other._name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Purpose other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _name is null ? 0 : string.GetHashCode(_name, StringComparison.Ordinal);

    /// <summary>The dotted name.</summary>
    /// <returns>The name, or <c>(unset)</c>.</returns>
    public override string ToString() => _name ?? "(unset)";
}
