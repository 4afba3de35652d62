using System.Runtime.CompilerServices;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// Keeps of the records that an index value found only those whose decrypted value really is what is searched for. An
/// index value is cut to a few bits, so false candidates are part of the design; what a search gives to its caller always
/// comes through here. A candidate whose subject was erased (<see cref="PrivacyErrorCode.SubjectErased"/>) matches nothing
/// and is passed over; every other error of the decryption ends the search.
/// </summary>
public static class BlindIndexSearch
{
    /// <summary>Keeps the true matches.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <typeparam name="TValue">The type of the indexed values.</typeparam>
    /// <param name="candidates">The records that an index value found.</param>
    /// <param name="query">What is searched for.</param>
    /// <param name="decrypt">Gives a record's value in clear.</param>
    /// <returns>The matches in the order of the candidates, one at a time.</returns>
    public static IEnumerable<TRecord> WhereVerified<TRecord, TValue>(
        this IEnumerable<TRecord> candidates, BlindIndexQuery<TValue> query, Func<TRecord, TValue> decrypt)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(decrypt);
        return candidates.Where(candidate => IsMatch(query, decrypt, candidate));
    }

    /// <summary>Keeps the true matches of a stream.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <typeparam name="TValue">The type of the indexed values.</typeparam>
    /// <param name="candidates">The records that an index value found.</param>
    /// <param name="query">What is searched for.</param>
    /// <param name="decrypt">Gives a record's value in clear.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The matches in the order of the candidates, one at a time.</returns>
    public static IAsyncEnumerable<TRecord> WhereVerifiedAsync<TRecord, TValue>(
        this IAsyncEnumerable<TRecord> candidates, BlindIndexQuery<TValue> query, Func<TRecord, TValue> decrypt, CancellationToken cancellationToken = default)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(decrypt);
        return candidates.WhereVerifiedAsync(query, (record, _) => ValueTask.FromResult(decrypt(record)), cancellationToken);
    }

    /// <summary>Keeps the true matches of a stream, decrypting asynchronously.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <typeparam name="TValue">The type of the indexed values.</typeparam>
    /// <param name="candidates">The records that an index value found.</param>
    /// <param name="query">What is searched for.</param>
    /// <param name="decrypt">Gives a record's value in clear, for example with a lease for the record's subject.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The matches in the order of the candidates, one at a time.</returns>
    public static IAsyncEnumerable<TRecord> WhereVerifiedAsync<TRecord, TValue>(
        this IAsyncEnumerable<TRecord> candidates,
        BlindIndexQuery<TValue> query,
        Func<TRecord, CancellationToken, ValueTask<TValue>> decrypt,
        CancellationToken cancellationToken = default)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(decrypt);
        return Verify(candidates, query, decrypt, cancellationToken);
    }

    private static bool IsMatch<TRecord, TValue>(BlindIndexQuery<TValue> query, Func<TRecord, TValue> decrypt, TRecord candidate)
        where TValue : notnull
    {
        TValue value;
        try
        {
            value = decrypt(candidate);
        }
        catch (PrivacyException error) when (error.Code == PrivacyErrorCode.SubjectErased)
        {
            return false; // forgotten, and so found by nothing
        }

        return query.IsMatch(value);
    }

    private static async IAsyncEnumerable<TRecord> Verify<TRecord, TValue>(
        IAsyncEnumerable<TRecord> candidates,
        BlindIndexQuery<TValue> query,
        Func<TRecord, CancellationToken, ValueTask<TValue>> decrypt,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TValue : notnull
    {
        await foreach (var candidate in candidates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            TValue value;
            try
            {
                value = await decrypt(candidate, cancellationToken).ConfigureAwait(false);
            }
            catch (PrivacyException error) when (error.Code == PrivacyErrorCode.SubjectErased)
            {
                continue; // forgotten, and so found by nothing
            }

            if (query.IsMatch(value))
            {
                yield return candidate;
            }
        }
    }
}
