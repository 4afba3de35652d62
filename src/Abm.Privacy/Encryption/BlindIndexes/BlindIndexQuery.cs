using System.Diagnostics;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// What is searched for in a blind index. It gives the stored index values to look for
/// (<see cref="IBlindIndexer.TokensFor"/>) and tells true matches from false ones (<see cref="IsMatch"/>). It holds what is
/// searched for in clear and never shows it. Safe for concurrent use.
/// </summary>
/// <typeparam name="TValue">The type of the indexed values.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class BlindIndexQuery<TValue>
    where TValue : notnull
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly IIndexedValue<TValue> _values;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly IReadOnlyList<byte[]> _terms;

    internal BlindIndexQuery(BlindIndexDefinition index, IIndexedValue<TValue> values, IReadOnlyList<byte[]> terms) =>
        (Index, _values, _terms) = (index, values, terms);

    /// <summary>The index.</summary>
    public BlindIndexDefinition Index { get; }

    /// <summary>How many terms a match must have, all of them: one, or one for each token of a <see cref="TokenBlindIndex{TValue}"/>.</summary>
    public int TermCount => _terms.Count;

    /// <summary>Whether a value in clear is what is searched for: its normal text is compared, in fixed time.</summary>
    /// <param name="value">A decrypted value.</param>
    /// <returns>Whether it has every term.</returns>
    public bool IsMatch(TValue value)
    {
        var match = true;
        foreach (var term in _terms)
        {
            match &= _values.HasTerm(value, term);
        }

        return match;
    }

    /// <summary>The index; never what is searched for.</summary>
    /// <returns>The names of the index.</returns>
    public override string ToString() => $"query of {Index}";

    internal ReadOnlySpan<byte> GetTerm(int term)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(term);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(term, _terms.Count);
        return _terms[term];
    }
}
