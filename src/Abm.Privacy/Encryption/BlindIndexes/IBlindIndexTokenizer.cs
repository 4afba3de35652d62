namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// Splits a value into normal tokens, each of which finds it. The ready one is <see cref="BlindIndexTransforms.Words"/>.
/// Implementations are safe for concurrent use.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
public interface IBlindIndexTokenizer<TValue>
    where TValue : notnull
{
    /// <summary>The tokenizer's frozen name and version, as <see cref="IBlindIndexTransform{TValue}.Id"/>.</summary>
    string Id { get; }

    /// <summary>How many tokens there can be, or null where the form of the value sets no limit.</summary>
    long? DomainSize { get; }

    /// <summary>Splits a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The tokens, none of them empty, in any order; repeated ones are harmless; none if the value holds none.</returns>
    IReadOnlyCollection<string> Tokenize(TValue value);
}
