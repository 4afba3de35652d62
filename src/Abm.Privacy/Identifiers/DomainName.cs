using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Identifiers;

/// <summary>
/// An internet domain in the normal form <c>domain-v1</c>: trimmed, lower case, IDNA ASCII, without trailing dot, at least
/// two labels. International names need the platform's Unicode data (ICU); without it they throw
/// <see cref="PlatformNotSupportedException"/>, because they would get another normal form. A domain names an
/// organization and may be shown.
/// </summary>
[Classified(DataClasses.AccountDomain)]
[JsonConverter(typeof(DomainNameJsonConverter))]
public readonly struct DomainName : IIdentifier, IEquatable<DomainName>
{
    private readonly string? _value;

    internal DomainName(string value) => _value = value;

    /// <summary><c>domain</c>.</summary>
    public static string IdentifierType => "domain";

    /// <summary><c>domain-v1</c>.</summary>
    public static string Normalizer => DomainNormalizer.Name;

    /// <summary>The normal form.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This DomainName was never set. Create it with DomainName.Parse or DomainName.TryParse.");

    /// <summary>Compares two normal forms byte by byte.</summary>
    /// <param name="left">One domain.</param>
    /// <param name="right">The other domain.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(DomainName left, DomainName right) => left.Equals(right);

    /// <summary>Compares two normal forms byte by byte.</summary>
    /// <param name="left">One domain.</param>
    /// <param name="right">The other domain.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(DomainName left, DomainName right) => !left.Equals(right);

    /// <summary>Reads a text and brings it into its normal form.</summary>
    /// <param name="text">A domain such as <c>Example.com</c>, without scheme, port or path.</param>
    /// <returns>The domain.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.IdentifierInvalid"/>: the text is refused. The message says why, without the text.
    /// </exception>
    public static DomainName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var value, out var fault)
            ? value
            : throw new PrivacyException(PrivacyErrorCode.IdentifierInvalid, $"This is not a domain name. {fault}");
    }

    /// <summary>Reads a text and brings it into its normal form, if it is a domain name.</summary>
    /// <param name="text">A domain such as <c>Example.com</c>, without scheme, port or path. Null is refused.</param>
    /// <param name="value">The domain, or the unset value.</param>
    /// <returns>Whether the text was accepted.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DomainName value) => TryParse(text, out value, out _);

    /// <summary>Reads a text and brings it into its normal form, or says why it is refused.</summary>
    /// <param name="text">A domain such as <c>Example.com</c>, without scheme, port or path. Null is refused.</param>
    /// <param name="value">The domain, or the unset value.</param>
    /// <param name="fault">Why the text is refused, as a sentence that does not hold the text; null if it was accepted.</param>
    /// <returns>Whether the text was accepted.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DomainName value, [NotNullWhen(false)] out string? fault)
    {
        fault = "There is no text.";
        var normal = text is null ? null : DomainNormalizer.Normalize(text, out fault);
        value = normal is null ? default : new DomainName(normal);
        fault = normal is null ? fault ?? "It is refused." : null;
        return normal is not null;
    }

    /// <inheritdoc/>
    public bool Equals(DomainName other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DomainName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : string.GetHashCode(_value, StringComparison.Ordinal);

    /// <summary>The normal form.</summary>
    /// <returns>The domain, or an empty text if it was never set.</returns>
    public override string ToString() => _value ?? "";
}
