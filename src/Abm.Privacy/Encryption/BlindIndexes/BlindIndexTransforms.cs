using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>The ready transforms by name. Each is frozen: its id and what it writes never change.</summary>
public static class BlindIndexTransforms
{
    /// <summary>A whole e-mail address in its normal form: <c>email-v1</c>.</summary>
    public static IBlindIndexTransform<EmailAddress> Email { get; } = new IdentifierTransform<EmailAddress>();

    /// <summary>The domain of an e-mail address: <c>email-domain-v1</c>. Searched by <see cref="DomainName"/> too.</summary>
    public static IBlindIndexPartTransform<EmailAddress, DomainName> EmailDomain { get; } = new EmailDomainTransform();

    /// <summary>A whole phone number in E.164: <c>phone-v1</c>.</summary>
    public static IBlindIndexTransform<E164Phone> Phone { get; } = new IdentifierTransform<E164Phone>();

    /// <summary>
    /// The last four digits of a phone number: <c>phone-last4-v1</c>. Searched by a text of exactly four digits too. There
    /// are 10,000 values: expect many false candidates, and no secrecy of the digits from whoever holds the index key.
    /// </summary>
    public static IBlindIndexPartTransform<E164Phone, string> PhoneLast4 { get; } = new PhoneLast4Transform();

    /// <summary>A whole domain name in its normal form: <c>domain-v1</c>.</summary>
    public static IBlindIndexTransform<DomainName> Domain { get; } = new IdentifierTransform<DomainName>();

    /// <summary>
    /// A whole text, such as a name: <c>text-v1</c>. Upper and lower case, compatibility forms (NFKC) and the amount of white
    /// space make no difference; accents do. Text that is not ASCII needs the platform's Unicode data (ICU) and throws
    /// <see cref="PlatformNotSupportedException"/> without it.
    /// </summary>
    public static IBlindIndexTransform<string> Text { get; } = new PrefixTransform(length: null);

    /// <summary>
    /// The words of a name, company or title: <c>words-v1</c>. The text is brought into the form of <see cref="Text"/>;
    /// letters, digits and combining marks make words, all else parts them (<c>O'Brien</c> has two words). Text without
    /// spaces, as in Chinese, is one word.
    /// </summary>
    public static IBlindIndexTokenizer<string> Words { get; } = new WordTokenizer();

    /// <summary>A whole identifier of any type; its id is the identifier's normalizer.</summary>
    /// <typeparam name="TIdentifier">The identifier's type.</typeparam>
    /// <returns>The transform.</returns>
    public static IBlindIndexTransform<TIdentifier> Exact<TIdentifier>()
        where TIdentifier : struct, IIdentifier => new IdentifierTransform<TIdentifier>();

    /// <summary>
    /// The first characters of a text in the form of <see cref="Text"/>: <c>prefix3-v1</c> for 3. Characters are Unicode code
    /// points, because where grapheme clusters end changes between Unicode versions. A shorter text is taken whole, so a search for
    /// fewer characters finds only texts of exactly those. Counted as 26 values a character: 1 and 2 need a stated reason.
    /// </summary>
    /// <param name="length">How many characters, from 1 to 64.</param>
    /// <returns>The transform.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static IBlindIndexTransform<string> Prefix(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, PrefixTransform.MaxLength);
        return new PrefixTransform(length);
    }
}
