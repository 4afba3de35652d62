using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

// Reference: RFC 5652 (CMS), RFC 3560 (RSA-OAEP), RFC 4056 (RSA-PSS). Sizes: RSA of at least 2048 bits; a wrapped key is about 1.6 KB.

/// <summary>The root key as an X.509 certificate whose private key unwraps tenant keys.</summary>
internal sealed class RootCertificateProvider : IRootKeyProvider, IDisposable
{
    private static readonly int MaxIdle = Environment.ProcessorCount;

    private readonly ConcurrentBag<RootCertificates> _idle = [];
    private readonly Lock _copying = new();
    private readonly RootCertificates _certificates;
    private readonly X509RevocationMode _revocation;
    private readonly TimeProvider _time;
    private volatile bool _disposed;

    /// <summary>Loads the certificates.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.RootKeyUnavailable"/>: one is missing or does not fit.</exception>
    public RootCertificateProvider(RootCertificateOptions options, TimeProvider time)
    {
        (_certificates, _revocation, _time) = (RootCertificates.Load(options), options.RevocationMode, time);
    }

    public async ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var certificates = Rent();
        try
        {
            var now = _time.GetUtcNow();
            if (_revocation == X509RevocationMode.NoCheck)
            {
                certificates.ThrowIfRefused(now, _revocation);
            }
            else
            {
                // the platform fetches revocation lists synchronously
                await Task.Run(() => certificates.ThrowIfRefused(now, _revocation), cancellationToken).ConfigureAwait(false);
            }

            return RootCertificateWrap.Write(tenant, tenantKey, certificates, now);
        }
        finally
        {
            Return(certificates);
        }
    }

    public ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (RootCertificateWrap.Read(wrapped) is not { } wrap)
        {
            throw new PrivacyException(
                PrivacyErrorCode.FormatUnknown,
                "A stored tenant key was not wrapped for a certificate. Configure the root that wrapped it, or restore the key store from a backup.");
        }

        if (!IsMine(wrap))
        {
            throw new PrivacyException(
                PrivacyErrorCode.KeyUnavailable,
                $"The stored tenant key was wrapped for the certificate with subject key identifier {Convert.ToHexString(wrap.RootId.Span)} and signed by {Convert.ToHexString(wrap.SignerId.Span)}, which are not the configured ones. Name that root with UsePreviousRootCertificate(...).");
        }

        var certificates = Rent();
        try
        {
            return ValueTask.FromResult(
                RootCertificateWrap.Unwrap(tenant, keyId, wrapped, certificates.Signer, certificates.RootId, certificates.PrivateKey));
        }
        finally
        {
            Return(certificates);
        }
    }

    public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
        ValueTask.FromResult(RootCertificateWrap.Read(wrapped) is { } wrap && IsMine(wrap));

    public void Dispose()
    {
        lock (_copying)
        {
            _disposed = true;
            _certificates.Dispose();
        }

        DisposeIdle();
    }

    private bool IsMine(RootCertificateWrap wrap) =>
        wrap.RootId.Span.SequenceEqual(_certificates.RootId) && wrap.SignerId.Span.SequenceEqual(_certificates.SignerId);

    private RootCertificates Rent()
    {
        if (_idle.TryTake(out var idle))
        {
            return idle;
        }

        lock (_copying)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _certificates.Copy();
        }
    }

    private void Return(RootCertificates certificates)
    {
        if (_disposed || _idle.Count >= MaxIdle)
        {
            certificates.Dispose();
            return;
        }

        _idle.Add(certificates);
        if (_disposed)
        {
            DisposeIdle(); // disposed between the check and the return
        }
    }

    private void DisposeIdle()
    {
        while (_idle.TryTake(out var idle))
        {
            idle.Dispose();
        }
    }
}
