using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption;

/// <summary>
/// A store whose records a <see cref="Rewrapper"/> goes through: a table of one tenant in a stable order. While it runs,
/// others read and write the same records.
/// </summary>
public interface IRewrapSource
{
    /// <summary>The tenant whose records these are.</summary>
    TenantId Tenant { get; }

    /// <summary>Reads records in the source's order.</summary>
    /// <param name="after">The cursor after which to read; null for the beginning.</param>
    /// <param name="max">How many records at most, from 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The records; none at the end.</returns>
    ValueTask<IReadOnlyList<RewrapRecord>> ReadAsync(string? after, int max, CancellationToken cancellationToken);

    /// <summary>
    /// Stores new envelopes, each only if the field is still stored as it was read; one that somebody else has changed
    /// meanwhile is left alone. The changes of one record go together or not at all.
    /// </summary>
    /// <param name="changes">The changes, those of one record next to one another.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>How many fields were stored; the rest were changed by somebody else.</returns>
    ValueTask<int> WriteAsync(IReadOnlyList<RewrapChange> changes, CancellationToken cancellationToken);
}
