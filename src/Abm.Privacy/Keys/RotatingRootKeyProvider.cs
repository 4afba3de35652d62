using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// The current root with the previous ones: wraps with the current, and unwraps with the one that made the wrapping. No key is
/// ever tried.
/// </summary>
internal sealed class RotatingRootKeyProvider : IRootKeyProvider, IDisposable
{
    private readonly IRootKeyProvider _current;
    private readonly IReadOnlyList<IRootKeyProvider> _previous;
    private volatile bool _told;

    public RotatingRootKeyProvider(IRootKeyProvider current, IReadOnlyList<IRootKeyProvider> previous)
    {
        if (previous.Contains(current, ReferenceEqualityComparer.Instance))
        {
            throw SameRoot();
        }

        (_current, _previous) = (current, previous);
    }

    public async ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken)
    {
        var wrapped = await _current.WrapAsync(tenant, tenantKey, cancellationToken).ConfigureAwait(false);
        if (!_told)
        {
            // a copy of the old root under a new path would make a rotation that changes nothing look done
            foreach (var root in _previous)
            {
                if (await root.IsWrapperOfAsync(wrapped, cancellationToken).ConfigureAwait(false))
                {
                    throw SameRoot();
                }
            }

            _told = true;
        }

        return wrapped;
    }

    public async ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken)
    {
        foreach (var root in _previous.Prepend(_current))
        {
            if (await root.IsWrapperOfAsync(wrapped, cancellationToken).ConfigureAwait(false))
            {
                return await root.UnwrapAsync(tenant, keyId, wrapped, cancellationToken).ConfigureAwait(false);
            }
        }

        throw new PrivacyException(
            PrivacyErrorCode.KeyUnavailable,
            $"None of the {_previous.Count + 1} configured root keys wrapped the stored tenant key. Name the root that did with UsePreviousRootKeyFile, UsePreviousRootCertificate or UsePreviousRootKeyProvider, or restore the key store that belongs to these roots.");
    }

    /// <summary>Answers for the current root, so that a rotation finds what the previous ones wrapped.</summary>
    public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
        _current.IsWrapperOfAsync(wrapped, cancellationToken);

    public void Dispose()
    {
        foreach (var root in _previous.Prepend(_current))
        {
            (root as IDisposable)?.Dispose();
        }
    }

    private static PrivacyException SameRoot() => new(
        PrivacyErrorCode.RootKeyRefused,
        "The current root key is also configured as a previous one, so rotating to it would change nothing. Make a new root for the current one, or remove the UsePrevious... call.");
}
