using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Identifiers;

/// <summary>
/// An e-mail address in the normal form <c>email-v1</c>: trimmed, invariant lower case, the domain as <c>domain-v1</c>.
/// Dots and plus tags stay, because only the mailbox's own server knows what they mean. Quoted local parts, display
/// names and address literals are refused. International domains need the platform's Unicode data (ICU); without it they
/// throw <see cref="PlatformNotSupportedException"/>, because they would get another normal form. Personal data: shown
/// only by <see cref="Value"/>, never by a log or JSON.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
[Classified(DataClasses.Email)]
[JsonConverter(typeof(PlaceholderJsonConverter<EmailAddress>))]
public readonly struct EmailAddress : IIdentifier, IEquatable<EmailAddress>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _value;

    private EmailAddress(string value) => _value = value;

    /// <summary><c>email</c>.</summary>
    public static string IdentifierType => "email";

    /// <summary><c>email-v1</c>.</summary>
    public static string Normalizer => EmailNormalizer.Name;

    /// <summary>The normal form, in clear.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    public string Value => _value ?? throw new InvalidOperationException("This EmailAddress was never set. Create it with EmailAddress.Parse or EmailAddress.TryParse.");

    /// <summary>The part before <c>@</c>, in clear.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    public string LocalPart => Value[..Value.IndexOf('@', StringComparison.Ordinal)];

    /// <summary>The domain after <c>@</c>.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    public DomainName Domain => new(Value[(Value.IndexOf('@', StringComparison.Ordinal) + 1)..]);

    /// <summary>
    /// Whether the local part names a function (info, sales, office ...) and not a person. A short list in five
    /// languages, compared as written; a false answer is no proof that a person is behind the address.
    /// </summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    [JsonIgnore]
    public bool IsRoleAddress => RoleAddress.IsRole(LocalPart);

    /// <summary>Compares two normal forms byte by byte.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other address.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(EmailAddress left, EmailAddress right) => left.Equals(right);

    /// <summary>Compares two normal forms byte by byte.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other address.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(EmailAddress left, EmailAddress right) => !left.Equals(right);

    /// <summary>Reads a text and brings it into its normal form.</summary>
    /// <param name="text">An address such as <c>Jane.Doe@Example.com</c>, alone.</param>
    /// <returns>The address.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.IdentifierInvalid"/>: the text is refused. The message says why, without the text.
    /// </exception>
    public static EmailAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var value, out var fault)
            ? value
            : throw new PrivacyException(PrivacyErrorCode.IdentifierInvalid, $"This is not an e-mail address. {fault}");
    }

    /// <summary>Reads a text and brings it into its normal form, if it is an e-mail address.</summary>
    /// <param name="text">An address such as <c>Jane.Doe@Example.com</c>, alone. Null is refused.</param>
    /// <param name="value">The address, or the unset value.</param>
    /// <returns>Whether the text was accepted.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress value) => TryParse(text, out value, out _);

    /// <summary>Reads a text and brings it into its normal form, or says why it is refused.</summary>
    /// <param name="text">An address such as <c>Jane.Doe@Example.com</c>, alone. Null is refused.</param>
    /// <param name="value">The address, or the unset value.</param>
    /// <param name="fault">Why the text is refused, as a sentence that does not hold the text; null if it was accepted.</param>
    /// <returns>Whether the text was accepted.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress value, [NotNullWhen(false)] out string? fault)
    {
        fault = "There is no text.";
        var normal = text is null ? null : EmailNormalizer.Normalize(text, out fault);
        value = normal is null ? default : new EmailAddress(normal);
        fault = normal is null ? fault ?? "It is refused." : null;
        return normal is not null;
    }

    /// <inheritdoc/>
    public bool Equals(EmailAddress other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EmailAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : string.GetHashCode(_value, StringComparison.Ordinal);

    /// <summary>A placeholder: the value stays out of logs.</summary>
    /// <returns><c>[email]</c>.</returns>
    public override string ToString() => "[email]";
}
