using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>The last four digits of <c>phone-v1</c>, whose shortest number has seven.</summary>
internal sealed class PhoneLast4Transform : IBlindIndexPartTransform<E164Phone, string>
{
    private const int Digits = 4;

    public string Id => "phone-last4-v1";

    public long? DomainSize => 10_000;

    public int GetMaxLength(E164Phone value) => Digits;

    public int Normalize(E164Phone value, Span<char> destination)
    {
        value.Value.AsSpan()[^Digits..].CopyTo(destination);
        return Digits;
    }

    public string NormalizePart(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var digits = part.Trim();
        return digits.Length == Digits && !digits.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? digits
            : throw new PrivacyException(PrivacyErrorCode.IdentifierInvalid, "These are not the last digits of a phone number. Give exactly four digits.");
    }
}
