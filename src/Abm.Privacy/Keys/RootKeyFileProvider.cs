using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>The root key out of a PKCS#12 file, read once.</summary>
internal sealed class RootKeyFileProvider(
    RootKeyFileOptions options, ITenantKeyStore tenantKeys, IDataKeyStore dataKeys) : IRootKeyProvider, IDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private WrappingKey? _root;

    public async ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken) =>
        KeyWrap.WrapTenantKey(await GetRootAsync(cancellationToken).ConfigureAwait(false), tenant, tenantKey);

    public async ValueTask<SecretKey> UnwrapAsync(
        TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
        KeyWrap.UnwrapTenantKey(await GetRootAsync(cancellationToken).ConfigureAwait(false), tenant, keyId, wrapped.Span);

    public void Dispose()
    {
        _root?.Dispose();
        _opening.Dispose();
    }

    private async ValueTask<WrappingKey> GetRootAsync(CancellationToken cancellationToken)
    {
        if (_root is not null)
        {
            return _root;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _root ??= new WrappingKey(await ReadOrCreateAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _opening.Release();
        }
    }

    private async ValueTask<SecretKey> ReadOrCreateAsync(CancellationToken cancellationToken)
    {
        var path = options.Path!;
        var password = options.Password ?? await ReadPasswordAsync(options.PasswordFile!, cancellationToken).ConfigureAwait(false);
        if (options.CreateIfMissing && !File.Exists(path))
        {
            await RefuseIfKeysExistAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await PrivacyKeys.CreateRootFileAsync(path, password, cancellationToken).ConfigureAwait(false);
            }
            catch (PrivacyException error) when (error.Code == PrivacyErrorCode.RootKeyRefused)
            {
                // another process made it first; its file is the root
            }
        }

        return await RootKeyFile.ReadAsync(path, password, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RefuseIfKeysExistAsync(CancellationToken cancellationToken)
    {
        if (await tenantKeys.AnyAsync(cancellationToken).ConfigureAwait(false)
            || await dataKeys.AnyAsync(null, cancellationToken).ConfigureAwait(false))
        {
            throw new PrivacyException(
                PrivacyErrorCode.RootKeyRefused,
                $"The root key file '{options.Path}' is missing, but the key stores hold keys that it protects. Restore or mount the file; a new root could not open them.");
        }
    }

    private static async ValueTask<string> ReadPasswordAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(path);
            var password = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            return password is { Length: >= KeyRingOptionsValidator.MinPasswordLength }
                ? password
                : throw new PrivacyException(
                    PrivacyErrorCode.RootKeyUnavailable,
                    $"The first line of the password file '{path}' is shorter than {KeyRingOptionsValidator.MinPasswordLength} characters. Put the root key's password there.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PrivacyException(
                PrivacyErrorCode.RootKeyUnavailable,
                $"The password file '{path}' cannot be read. Mount the secret and allow this process to read it.",
                error);
        }
    }
}
