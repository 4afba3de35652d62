using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

internal static class TestIndexes
{
    public static readonly BlindIndex<EmailAddress> ByEmail = new("contact", "email", "email_eq", BlindIndexTransforms.Email);

    public static readonly PartialBlindIndex<EmailAddress, DomainName> ByDomain = new("contact", "email", "email_domain", BlindIndexTransforms.EmailDomain);

    public static readonly PartialBlindIndex<E164Phone, string> ByLast4 = new("contact", "phone", "phone_last4", BlindIndexTransforms.PhoneLast4, bits: 16);

    public static readonly BlindIndex<string> ByNamePrefix = new("contact", "name", "name_prefix", BlindIndexTransforms.Prefix(3));

    public static readonly TokenBlindIndex<string> ByWords = new("account", "name", "name_words", BlindIndexTransforms.Words);

    public static EmailAddress Email(string text) => EmailAddress.Parse(text);
}
