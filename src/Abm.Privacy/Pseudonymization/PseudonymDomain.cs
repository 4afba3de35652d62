using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Pseudonymization;

/// <summary>
/// The environment within which one pseudonym stands for one person: a recipient and a purpose, such as <c>analytics</c>
/// or <c>partner:linkedin</c> (EDPB Guidelines 01/2025, "pseudonymisation domain"). Pseudonyms of two domains cannot be
/// linked without the key. 1 to 128 bytes of UTF-8.
/// </summary>
public readonly struct PseudonymDomain : IEquatable<PseudonymDomain>
{
    private readonly string? _name;

    /// <summary>Creates a domain.</summary>
    /// <param name="name">1 to 128 bytes of UTF-8. It enters the key: a renamed domain is another domain.</param>
    /// <exception cref="ArgumentException">The name is empty, too long or not valid Unicode.</exception>
    public PseudonymDomain(string name)
    {
        OpaqueId.ThrowIfInvalid(name, nameof(name));
        _name = name;
    }

    /// <summary>The name.</summary>
    /// <exception cref="InvalidOperationException">The domain was never set.</exception>
    public string Name => _name ?? throw new InvalidOperationException("This PseudonymDomain was never set. Create it with new PseudonymDomain(name).");

    /// <summary>Compares two domains by name.</summary>
    /// <param name="left">One domain.</param>
    /// <param name="right">The other domain.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(PseudonymDomain left, PseudonymDomain right) => left.Equals(right);

    /// <summary>Compares two domains by name.</summary>
    /// <param name="left">One domain.</param>
    /// <param name="right">The other domain.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(PseudonymDomain left, PseudonymDomain right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(PseudonymDomain other) => string.Equals(_name, other._name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PseudonymDomain other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _name is null ? 0 : string.GetHashCode(_name, StringComparison.Ordinal);

    /// <summary>The name.</summary>
    /// <returns>The name, or an empty text if it was never set.</returns>
    public override string ToString() => _name ?? "";
}
