using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// Computes the values of blind indexes under the tenant's index root. The forms that write into a span allocate nothing
/// and never touch a store; they work on a lease that holds the tenant's index root. Candidates found by an index value are
/// only candidates: see <see cref="BlindIndexSearch"/>. Destroying a person's key does not erase index values of the
/// person's fields, which are under a key of the tenant: delete them with the record. Implementations are safe for
/// concurrent use.
/// </summary>
public interface IBlindIndexer
{
    /// <summary>Opens a lease with the tenant's index root, and with nothing else. A tenant without one gets one.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable or damaged.</exception>
    ValueTask<KeyLease> OpenAsync(TenantId tenant, CancellationToken cancellationToken = default);

    /// <summary>The version of the key that <see cref="Compute"/> uses, to be kept beside index values, so that old ones can be told.</summary>
    /// <param name="lease">A lease that holds the tenant's index root.</param>
    /// <returns>The version, from 1.</returns>
    /// <exception cref="InvalidOperationException">The lease does not hold the tenant's index root.</exception>
    /// <exception cref="PrivacyException">No index root may be used for storing.</exception>
    int GetKeyVersion(KeyLease lease);

    /// <summary>How many key versions index values may stand under: how many values <see cref="ComputeAll"/> writes.</summary>
    /// <param name="lease">A lease that holds the tenant's index root.</param>
    /// <returns>The count, from 1.</returns>
    /// <exception cref="InvalidOperationException">The lease does not hold the tenant's index root.</exception>
    /// <exception cref="PrivacyException">Every index root is disabled or destroyed.</exception>
    int CountKeyVersions(KeyLease lease);

    /// <summary>Computes the index value to store, under the active key.</summary>
    /// <typeparam name="TValue">The type of the indexed values.</typeparam>
    /// <param name="lease">A lease that holds the tenant's index root.</param>
    /// <param name="index">The index.</param>
    /// <param name="value">The value.</param>
    /// <param name="destination">At least <see cref="BlindIndexDefinition.Size"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The destination is too small, or the value is not valid Unicode.</exception>
    /// <exception cref="InvalidOperationException">The lease does not hold the tenant's index root.</exception>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.KeyUnavailable"/> or <see cref="PrivacyErrorCode.SubjectErased"/>: no index root may be used, or the
    /// tenant's were destroyed. <see cref="PrivacyErrorCode.IdentifierInvalid"/>: nothing of the value is indexed.
    /// </exception>
    int Compute<TValue>(KeyLease lease, BlindIndex<TValue> index, TValue value, Span<byte> destination)
        where TValue : notnull;

    /// <summary>
    /// Computes the index values to search for: one for every key version that is not disabled or destroyed, the active one
    /// first, so that nothing is missed while values are re-keyed. Values under a disabled key are not found.
    /// </summary>
    /// <typeparam name="TValue">The type of the indexed values.</typeparam>
    /// <param name="lease">A lease that holds the tenant's index root.</param>
    /// <param name="index">The index.</param>
    /// <param name="value">The value.</param>
    /// <param name="destination">At least <see cref="CountKeyVersions"/> times <see cref="BlindIndexDefinition.Size"/> bytes.</param>
    /// <returns>How many values were written, one after the other.</returns>
    /// <exception cref="ArgumentException">The destination is too small, or the value is not valid Unicode.</exception>
    /// <exception cref="InvalidOperationException">The lease does not hold the tenant's index root.</exception>
    /// <exception cref="PrivacyException">As for <see cref="Compute"/>.</exception>
    int ComputeAll<TValue>(KeyLease lease, BlindIndex<TValue> index, TValue value, Span<byte> destination)
        where TValue : notnull;

    /// <summary>Computes the index values to store for the tokens of a value, under the active key.</summary>
    /// <typeparam name="TValue">The type of the indexed values.</typeparam>
    /// <param name="lease">A lease that holds the tenant's index root.</param>
    /// <param name="index">The index.</param>
    /// <param name="value">The value.</param>
    /// <returns>The different values, sorted, so that they do not show the tokens' order; none for a value without tokens.</returns>
    /// <exception cref="ArgumentException">The value is not valid Unicode.</exception>
    /// <exception cref="InvalidOperationException">The lease does not hold the tenant's index root.</exception>
    /// <exception cref="PrivacyException">As for <see cref="Compute"/>.</exception>
    IReadOnlyList<byte[]> ComputeSet<TValue>(KeyLease lease, TokenBlindIndex<TValue> index, TValue value)
        where TValue : notnull;

    /// <summary>Computes the index values to search for; a candidate has one of them, for every term of the query.</summary>
    /// <typeparam name="TValue">The type of the indexed values.</typeparam>
    /// <param name="lease">A lease that holds the tenant's index root.</param>
    /// <param name="query">What is searched for.</param>
    /// <param name="term">Which of the query's terms, from 0.</param>
    /// <returns>One value for every key version, the active one first, as <see cref="ComputeAll"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The query has no such term.</exception>
    /// <exception cref="InvalidOperationException">The lease does not hold the tenant's index root.</exception>
    /// <exception cref="PrivacyException">As for <see cref="Compute"/>.</exception>
    IReadOnlyList<byte[]> TokensFor<TValue>(KeyLease lease, BlindIndexQuery<TValue> query, int term = 0)
        where TValue : notnull;

    /// <summary>Computes a single index value to store, with a lease of its own.</summary>
    /// <typeparam name="TValue">The type of the indexed values.</typeparam>
    /// <param name="tenant">The tenant; gets an index root if there is none.</param>
    /// <param name="index">The index.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The index value.</returns>
    /// <exception cref="PrivacyException">As for the span form, or a key store is unavailable.</exception>
    ValueTask<byte[]> ComputeAsync<TValue>(
        TenantId tenant, BlindIndex<TValue> index, TValue value, CancellationToken cancellationToken = default)
        where TValue : notnull;

    /// <summary>Computes the index values to search for, with a lease of its own.</summary>
    /// <typeparam name="TValue">The type of the indexed values.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="query">What is searched for.</param>
    /// <param name="term">Which of the query's terms, from 0.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>One value for every key version; none if the tenant never had an index root, so that nothing can be found.</returns>
    /// <exception cref="PrivacyException">As for the form with a lease, or a key store is unavailable.</exception>
    ValueTask<IReadOnlyList<byte[]>> TokensForAsync<TValue>(
        TenantId tenant, BlindIndexQuery<TValue> query, int term = 0, CancellationToken cancellationToken = default)
        where TValue : notnull;
}
