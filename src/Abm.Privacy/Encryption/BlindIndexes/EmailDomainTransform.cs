using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>What stands after <c>@</c>, which <c>email-v1</c> has brought into the form <c>domain-v1</c>.</summary>
internal sealed class EmailDomainTransform : IBlindIndexPartTransform<EmailAddress, DomainName>
{
    public string Id => "email-domain-v1";

    public long? DomainSize => null;

    public int GetMaxLength(EmailAddress value) => value.Value.Length;

    public int Normalize(EmailAddress value, Span<char> destination)
    {
        var address = value.Value;
        var domain = address.AsSpan(address.IndexOf('@', StringComparison.Ordinal) + 1);
        domain.CopyTo(destination);
        return domain.Length;
    }

    public string NormalizePart(DomainName part) => part.Value;
}
