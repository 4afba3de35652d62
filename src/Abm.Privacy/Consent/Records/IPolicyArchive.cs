namespace Abm.Privacy.Consent.Records;

/// <summary>
/// Keeps every policy that ever decided, named after its hash, so that decisions can be replayed. What is saved is never changed. Safe for use by many
/// threads at once.
/// </summary>
public interface IPolicyArchive
{
    /// <summary>Saves a policy; harmless when it is there already.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that ends when it is saved.</returns>
    /// <exception cref="PrivacyException">The archive cannot be written.</exception>
    ValueTask SaveAsync(ConsentPolicy policy, CancellationToken cancellationToken = default);

    /// <summary>Finds a policy by the start of its hash.</summary>
    /// <param name="sha256">At least the first 32 hexadecimal digits of <see cref="PolicyReference.Sha256"/>, in lower case.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The policy; null if the archive does not have it.</returns>
    /// <exception cref="ArgumentException">The text is no hash, or too short.</exception>
    /// <exception cref="PrivacyException">The archive cannot be read, or holds another policy under this name.</exception>
    ValueTask<ConsentPolicy?> FindAsync(string sha256, CancellationToken cancellationToken = default);
}
