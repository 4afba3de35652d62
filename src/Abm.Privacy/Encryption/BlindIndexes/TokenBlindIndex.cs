using System.Security.Cryptography;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// A blind index over the tokens of a value, such as the words of a company's name: a value has several index values, and
/// each token finds it. It shows more than an index of whole values: how many tokens a value has, which values share
/// tokens, and how often each token occurs, so that frequent words can be guessed. Prefer few bits.
/// </summary>
/// <typeparam name="TValue">The type of the indexed values.</typeparam>
public sealed class TokenBlindIndex<TValue> : BlindIndexDefinition, IIndexedValue<TValue>
    where TValue : notnull
{
    /// <summary>Declares an index.</summary>
    /// <param name="entity">The kind of record.</param>
    /// <param name="field">The field.</param>
    /// <param name="name">The index's own name.</param>
    /// <param name="tokenizer">Splits the values; see <see cref="BlindIndexTransforms.Words"/>.</param>
    /// <param name="bits">The length of each token's index value in bits, from 8 to 256.</param>
    /// <param name="leakageAccepted">Why the index is acceptable although there are few possible tokens; else null.</param>
    /// <exception cref="ArgumentException">A name is not valid, or a needed reason is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public TokenBlindIndex(
        string entity, string field, string name, IBlindIndexTokenizer<TValue> tokenizer, int bits = DefaultBits, string? leakageAccepted = null)
        : base(entity, field, name, IdOf(tokenizer), SmallDomain.Of<TValue>(tokenizer.DomainSize), bits, leakageAccepted) => Tokenizer = tokenizer;

    /// <summary>Splits the values.</summary>
    public IBlindIndexTokenizer<TValue> Tokenizer { get; }

    /// <summary>Says what to search for: values that have every token of this one.</summary>
    /// <param name="value">A value with one or more tokens.</param>
    /// <returns>The query, with one term for each token.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.IdentifierInvalid"/>: there is no token in it, and it would find everything.</exception>
    public BlindIndexQuery<TValue> Find(TValue value)
    {
        var terms = TermsOf(value);
        return terms.Count > 0
            ? new BlindIndexQuery<TValue>(this, this, terms)
            : throw new PrivacyException(PrivacyErrorCode.IdentifierInvalid, $"There is no token to search for in the index {this}. Give at least one word.");
    }

    bool IIndexedValue<TValue>.HasTerm(TValue value, ReadOnlySpan<byte> term)
    {
        var found = false;
        foreach (var own in TermsOf(value))
        {
            found |= CryptographicOperations.FixedTimeEquals(own, term);
            CryptographicOperations.ZeroMemory(own);
        }

        return found;
    }

    /// <summary>The value's different tokens as UTF-8.</summary>
    internal List<byte[]> TermsOf(TValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return [.. Tokenizer.Tokenize(value).Distinct(StringComparer.Ordinal).Select(ToTerm)];
    }

    private static byte[] ToTerm(string token) => token is { Length: > 0 }
        ? StrictUtf8.Encoding.GetBytes(token)
        : throw new InvalidOperationException("The tokenizer gave an empty token. Correct its Tokenize method.");

    private static string IdOf(IBlindIndexTokenizer<TValue> tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer.Id;
    }
}
