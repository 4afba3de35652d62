namespace Abm.Privacy.Identifiers;

/// <summary>
/// A company that is marketed to, as the application's own opaque id. Compared byte by byte. 1 to 128 bytes of UTF-8. It names an
/// organization and may be shown.
/// </summary>
public readonly struct AccountId : IEquatable<AccountId>
{
    private readonly string? _value;

    /// <summary>Creates an account id.</summary>
    /// <param name="value">1 to 128 bytes of UTF-8, without half surrogate pairs.</param>
    /// <exception cref="ArgumentException">The value is empty, too long or not valid Unicode.</exception>
    public AccountId(string value)
    {
        OpaqueId.ThrowIfInvalid(value, nameof(value));
        _value = value;
    }

    /// <summary>The id as text.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This AccountId was never set. Create it with new AccountId(text).");

    /// <summary>Compares two ids byte by byte.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(AccountId left, AccountId right) => left.Equals(right);

    /// <summary>Compares two ids byte by byte.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(AccountId left, AccountId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AccountId other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AccountId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : string.GetHashCode(_value, StringComparison.Ordinal);

    /// <summary>The id as text.</summary>
    /// <returns>The id, or an empty text if it was never set.</returns>
    public override string ToString() => _value ?? "";
}
