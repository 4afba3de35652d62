using System.Text;

namespace Abm.Privacy.Cryptography;

/// <summary>A file whose first line is a password, as orchestrators mount secrets.</summary>
internal static class SecretFile
{
    /// <summary>The first line; empty if the file is. Text in another encoding than UTF-8 is refused, never replaced.</summary>
    public static async Task<string> ReadAsync(string path, PrivacyErrorCode code, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = Open(path);
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? "";
        }
        catch (Exception error) when (error is DecoderFallbackException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, code, error);
        }
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static string Read(string path, PrivacyErrorCode code)
    {
        try
        {
            using var reader = Open(path);
            return reader.ReadLine() ?? "";
        }
        catch (Exception error) when (error is DecoderFallbackException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, code, error);
        }
    }

    private static StreamReader Open(string path) => new(path, StrictUtf8.Encoding);

    private static PrivacyException Unreadable(string path, PrivacyErrorCode code, Exception error) => error is DecoderFallbackException
        ? new PrivacyException(code, $"The password file '{path}' is not UTF-8. Save it as UTF-8.", error)
        : new PrivacyException(code, $"The password file '{path}' cannot be read. Mount the secret and allow this process to read it.", error);
}
