using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Identifiers;

/// <summary>
/// A phone number in the normal form <c>phone-v1</c>: E.164, <c>+</c> and 7 to 15 digits. A number without <c>+</c> is
/// read only with a stated country: AT, BE, BR, CA, CH, DE, DK, ES, FR, GB, IE, IT, NL, NO, PL, PT, SE or US.
/// Personal data: shown only by <see cref="Value"/>, never by a log or JSON.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
[Classified(DataClasses.Phone)]
[JsonConverter(typeof(PlaceholderJsonConverter<E164Phone>))]
public readonly struct E164Phone : IIdentifier, IEquatable<E164Phone>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _value;

    private E164Phone(string value) => _value = value;

    /// <summary><c>phone</c>.</summary>
    public static string IdentifierType => "phone";

    /// <summary><c>phone-v1</c>.</summary>
    public static string Normalizer => PhoneNormalizer.Name;

    /// <summary>The normal form, in clear.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    public string Value => _value ?? throw new InvalidOperationException("This E164Phone was never set. Create it with E164Phone.Parse or E164Phone.TryParse.");

    /// <summary>Compares two normal forms byte by byte.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other number.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(E164Phone left, E164Phone right) => left.Equals(right);

    /// <summary>Compares two normal forms byte by byte.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other number.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(E164Phone left, E164Phone right) => !left.Equals(right);

    /// <summary>Reads a text and brings it into its normal form.</summary>
    /// <param name="text">A number such as <c>+49 30 901820</c>, alone; an extension is refused.</param>
    /// <param name="country">
    /// The country in which the number is written as it is dialed there (ISO 3166-1 alpha-2, either case), or null.
    /// Without effect on a number that starts with <c>+</c>.
    /// </param>
    /// <returns>The number.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.IdentifierInvalid"/>: the text is refused. The message says why, without the text.
    /// </exception>
    public static E164Phone Parse(string text, string? country = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, country, out var value, out var fault)
            ? value
            : throw new PrivacyException(PrivacyErrorCode.IdentifierInvalid, $"This is not a phone number. {fault}");
    }

    /// <summary>Reads a text and brings it into its normal form, if it is a phone number.</summary>
    /// <param name="text">A number such as <c>+49 30 901820</c>, alone; an extension is refused. Null is refused.</param>
    /// <param name="value">The number, or the unset value.</param>
    /// <returns>Whether the text was accepted.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out E164Phone value) => TryParse(text, country: null, out value, out _);

    /// <summary>Reads a text and brings it into its normal form, if it is a phone number.</summary>
    /// <param name="text">A number such as <c>030 901820</c>, alone; an extension is refused. Null is refused.</param>
    /// <param name="country">The country whose national form the number may have (ISO 3166-1 alpha-2), or null.</param>
    /// <param name="value">The number, or the unset value.</param>
    /// <returns>Whether the text was accepted.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, string? country, out E164Phone value) => TryParse(text, country, out value, out _);

    /// <summary>Reads a text and brings it into its normal form, or says why it is refused.</summary>
    /// <param name="text">A number such as <c>+49 30 901820</c>, alone; an extension is refused. Null is refused.</param>
    /// <param name="country">
    /// The country in which the number is written as it is dialed there (ISO 3166-1 alpha-2, either case), or null.
    /// Without effect on a number that starts with <c>+</c>.
    /// </param>
    /// <param name="value">The number, or the unset value.</param>
    /// <param name="fault">Why the text is refused, as a sentence that does not hold the text; null if it was accepted.</param>
    /// <returns>Whether the text was accepted.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, string? country, out E164Phone value, [NotNullWhen(false)] out string? fault)
    {
        fault = "There is no text.";
        var normal = text is null ? null : PhoneNormalizer.Normalize(text, country, out fault);
        value = normal is null ? default : new E164Phone(normal);
        fault = normal is null ? fault ?? "It is refused." : null;
        return normal is not null;
    }

    /// <inheritdoc/>
    public bool Equals(E164Phone other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is E164Phone other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : string.GetHashCode(_value, StringComparison.Ordinal);

    /// <summary>A placeholder: the value stays out of logs.</summary>
    /// <returns><c>[phone]</c>.</returns>
    public override string ToString() => "[phone]";
}
