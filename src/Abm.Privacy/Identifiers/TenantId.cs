namespace Abm.Privacy.Identifiers;

/// <summary>
/// The customer of the application whose data this is. Compared byte by byte; enters every cryptographic context, so a
/// tenant must keep its id for as long as its data lives. 1 to 128 bytes of UTF-8.
/// </summary>
public readonly struct TenantId : IEquatable<TenantId>
{
    private readonly string? _value;

    /// <summary>Creates a tenant id.</summary>
    /// <param name="value">1 to 128 bytes of UTF-8, without half surrogate pairs.</param>
    /// <exception cref="ArgumentException">The value is empty, too long or not valid Unicode.</exception>
    public TenantId(string value)
    {
        OpaqueId.ThrowIfInvalid(value, nameof(value));
        _value = value;
    }

    /// <summary>The only tenant of an application that has one: <c>default</c>.</summary>
    public static TenantId Default { get; } = new("default");

    /// <summary>The id as text.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This TenantId was never set. Create it with new TenantId(text), or use TenantId.Default.");

    /// <summary>Compares two ids byte by byte.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(TenantId left, TenantId right) => left.Equals(right);

    /// <summary>Compares two ids byte by byte.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(TenantId left, TenantId right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TenantId other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TenantId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : string.GetHashCode(_value, StringComparison.Ordinal);

    /// <summary>The id as text; a tenant is an organization and may be logged.</summary>
    /// <returns>The id, or an empty text if it was never set.</returns>
    public override string ToString() => _value ?? "";
}
