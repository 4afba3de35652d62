using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>Encrypts and decrypts text as UTF-8.</summary>
public static class FieldEncryptorTextExtensions
{
    /// <summary>Encrypts a text.</summary>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="lease">A lease that holds the subject's key.</param>
    /// <param name="subject">The person whose value it is.</param>
    /// <param name="context">Where the value will stand.</param>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="padding">How the text's length is hidden. The default is <see cref="Padding.None"/>.</param>
    /// <returns>The envelope.</returns>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    /// <exception cref="PrivacyException">As for <see cref="IFieldEncryptor.Encrypt"/>.</exception>
    public static byte[] EncryptText(
        this IFieldEncryptor encryptor, KeyLease lease, SubjectId subject, FieldContext context, string text, Padding padding = default)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        var plaintext = GetBytes(text);
        try
        {
            var envelope = new byte[encryptor.GetEnvelopeLength(plaintext.Length, padding)];
            encryptor.Encrypt(lease, subject, context, plaintext, envelope, padding);
            return envelope;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <summary>Decrypts a text.</summary>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="lease">A lease that holds the key.</param>
    /// <param name="context">Where the value stands.</param>
    /// <param name="envelope">The envelope.</param>
    /// <returns>The text.</returns>
    /// <exception cref="PrivacyException">
    /// As for <see cref="IFieldEncryptor.Decrypt"/>; <see cref="PrivacyErrorCode.FormatUnknown"/> if the value is no text.
    /// </exception>
    public static string DecryptText(this IFieldEncryptor encryptor, KeyLease lease, FieldContext context, ReadOnlySpan<byte> envelope)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        var plaintext = new byte[encryptor.GetPlaintextLength(envelope)];
        return GetText(plaintext, encryptor.Decrypt(lease, context, envelope, plaintext));
    }

    /// <summary>Encrypts a single text, with a lease of its own.</summary>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="subject">The person whose value it is; gets a key if there is none.</param>
    /// <param name="context">Where the value will stand.</param>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="padding">How the text's length is hidden. The default is <see cref="Padding.None"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The envelope.</returns>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    /// <exception cref="PrivacyException">As for <see cref="IFieldEncryptor.EncryptAsync"/>.</exception>
    public static async ValueTask<byte[]> EncryptTextAsync(
        this IFieldEncryptor encryptor, SubjectId subject, FieldContext context, string text, Padding padding = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        var plaintext = GetBytes(text);
        try
        {
            return await encryptor.EncryptAsync(subject, context, plaintext, padding, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <summary>Decrypts a single text, with a lease of its own.</summary>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="subject">The person whose value it is.</param>
    /// <param name="context">Where the value stands.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The text.</returns>
    /// <exception cref="PrivacyException">
    /// As for <see cref="IFieldEncryptor.DecryptAsync"/>; <see cref="PrivacyErrorCode.FormatUnknown"/> if the value is no text.
    /// </exception>
    public static async ValueTask<string> DecryptTextAsync(
        this IFieldEncryptor encryptor, SubjectId subject, FieldContext context, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        var plaintext = await encryptor.DecryptAsync(subject, context, envelope, cancellationToken).ConfigureAwait(false);
        return GetText(plaintext, plaintext.Length);
    }

    private static byte[] GetBytes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = new byte[StrictUtf8.CountBytes(text, nameof(text))];
        StrictUtf8.Encoding.GetBytes(text, bytes);
        return bytes;
    }

    private static string GetText(byte[] plaintext, int length)
    {
        try
        {
            return StrictUtf8.Encoding.GetString(plaintext, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw new PrivacyException(PrivacyErrorCode.FormatUnknown, "The value is not text. Decrypt it as bytes.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}
