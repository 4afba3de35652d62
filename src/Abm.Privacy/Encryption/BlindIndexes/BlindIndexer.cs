using System.Security.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// Blind indexes by HMAC-SHA-256, cut to the index's bits, under a key for each tenant, entity, field, index and transform,
/// derived from an index root that serves nothing else.
/// </summary>
public sealed class BlindIndexer : IBlindIndexer
{
    private const int MaxStackBytes = 1024;

    private readonly KeyRing _keys;

    /// <summary>Creates an indexer.</summary>
    /// <param name="keys">Holds the index roots.</param>
    public BlindIndexer(KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <summary>Whether a lease holds the tenant's index root; if the tenant has none, nothing was ever indexed.</summary>
    /// <param name="lease">A lease that names <see cref="DataKeyOwner.ForTenant"/> with <see cref="KeyUsage.Index"/> among its owners.</param>
    /// <returns>Whether searches can be made with it.</returns>
    public static bool HoldsRoot(KeyLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return IndexRoots.AreIn(lease);
    }

    /// <inheritdoc/>
    public ValueTask<KeyLease> OpenAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        _keys.OpenOwnersAsync(tenant, [IndexRoots.Owner], create: true, cancellationToken);

    /// <inheritdoc/>
    public int GetKeyVersion(KeyLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var use = lease.Use();
        try
        {
            return IndexRoots.Active(lease).Version;
        }
        finally
        {
            use.Release();
        }
    }

    /// <inheritdoc/>
    public int CountKeyVersions(KeyLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var use = lease.Use();
        try
        {
            var count = 0;
            for (var root = IndexRoots.First(lease); root is not null; root = IndexRoots.Next(lease, root))
            {
                count++;
            }

            return count;
        }
        finally
        {
            use.Release();
        }
    }

    /// <inheritdoc/>
    public int Compute<TValue>(KeyLease lease, BlindIndex<TValue> index, TValue value, Span<byte> destination)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(index);
        var maxBytes = index.GetMaxByteCount(value);
        Span<byte> buffer = maxBytes <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[maxBytes];
        var normalized = buffer[..index.Normalize(value, buffer)];
        try
        {
            return Write(lease, index, normalized, destination);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(normalized);
        }
    }

    /// <inheritdoc/>
    public int ComputeAll<TValue>(KeyLease lease, BlindIndex<TValue> index, TValue value, Span<byte> destination)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(index);
        var maxBytes = index.GetMaxByteCount(value);
        Span<byte> buffer = maxBytes <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[maxBytes];
        var normalized = buffer[..index.Normalize(value, buffer)];
        try
        {
            return WriteAll(lease, index, normalized, destination);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(normalized);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> ComputeSet<TValue>(KeyLease lease, TokenBlindIndex<TValue> index, TValue value)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(index);
        var values = new SortedSet<byte[]>(Comparer<byte[]>.Create(static (left, right) => left.AsSpan().SequenceCompareTo(right)));
        foreach (var term in index.TermsOf(value))
        {
            var computed = new byte[index.Size];
            Write(lease, index, term, computed);
            CryptographicOperations.ZeroMemory(term);
            values.Add(computed);
        }

        return [.. values];
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> TokensFor<TValue>(KeyLease lease, BlindIndexQuery<TValue> query, int term = 0)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(query);
        var size = query.Index.Size;
        var all = new byte[CountKeyVersions(lease) * size];
        WriteAll(lease, query.Index, query.GetTerm(term), all);
        return [.. all.Chunk(size)];
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> ComputeAsync<TValue>(
        TenantId tenant, BlindIndex<TValue> index, TValue value, CancellationToken cancellationToken = default)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(index);
        using var lease = await OpenAsync(tenant, cancellationToken).ConfigureAwait(false);
        var computed = new byte[index.Size];
        Compute(lease, index, value, computed);
        return computed;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<byte[]>> TokensForAsync<TValue>(
        TenantId tenant, BlindIndexQuery<TValue> query, int term = 0, CancellationToken cancellationToken = default)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(query);
        _ = query.GetTerm(term);

        // a search makes no key: where there is none, nothing was stored under one
        using var lease = await _keys.OpenOwnersAsync(tenant, [IndexRoots.Owner], create: false, cancellationToken).ConfigureAwait(false);
        return IndexRoots.AreIn(lease) ? TokensFor(lease, query, term) : [];
    }

    private static int Write(KeyLease lease, BlindIndexDefinition index, ReadOnlySpan<byte> normalized, Span<byte> destination)
    {
        ThrowIfTooSmall(destination, index.Size);
        var use = lease.Use();
        try
        {
            BlindIndexKey.Of(IndexRoots.Active(lease), lease.Tenant, index).Compute(normalized, index.Bits, destination[..index.Size]);
            return index.Size;
        }
        finally
        {
            use.Release();
        }
    }

    private static int WriteAll(KeyLease lease, BlindIndexDefinition index, ReadOnlySpan<byte> normalized, Span<byte> destination)
    {
        var use = lease.Use();
        try
        {
            var count = 0;
            for (var root = IndexRoots.First(lease); root is not null; root = IndexRoots.Next(lease, root))
            {
                var rest = destination[(count * index.Size)..];
                ThrowIfTooSmall(rest, index.Size);
                BlindIndexKey.Of(root, lease.Tenant, index).Compute(normalized, index.Bits, rest[..index.Size]);
                count++;
            }

            return count;
        }
        finally
        {
            use.Release();
        }
    }

    private static void ThrowIfTooSmall(Span<byte> destination, int needed)
    {
        if (destination.Length < needed)
        {
            throw new ArgumentException($"The destination has {destination.Length} bytes left and needs {needed} for every index value.", nameof(destination));
        }
    }
}
