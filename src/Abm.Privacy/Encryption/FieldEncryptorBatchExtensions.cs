using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>Decrypts many values so that one that does not open costs that one alone: the rest of the batch is there.</summary>
public static class FieldEncryptorBatchExtensions
{
    /// <summary>Decrypts a value, with the error as a result. Programming errors are thrown as ever.</summary>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="lease">A lease that holds the key.</param>
    /// <param name="context">Where the value stands.</param>
    /// <param name="envelope">The envelope.</param>
    /// <returns>The value or the error.</returns>
    public static DecryptionResult<byte[]> TryDecrypt(this IFieldEncryptor encryptor, KeyLease lease, FieldContext context, ReadOnlyMemory<byte> envelope)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        return DecryptionResult<byte[]>.Of(() =>
        {
            var plaintext = new byte[encryptor.GetPlaintextLength(envelope.Span)];
            return Plaintext.Exactly(plaintext, encryptor.Decrypt(lease, context, envelope.Span, plaintext));
        });
    }

    /// <summary>Decrypts a text, with the error as a result. Programming errors are thrown as ever.</summary>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="lease">A lease that holds the key.</param>
    /// <param name="context">Where the value stands.</param>
    /// <param name="envelope">The envelope.</param>
    /// <returns>The text or the error.</returns>
    public static DecryptionResult<string> TryDecryptText(this IFieldEncryptor encryptor, KeyLease lease, FieldContext context, ReadOnlyMemory<byte> envelope)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        return DecryptionResult<string>.Of(() => encryptor.DecryptText(lease, context, envelope.Span));
    }

    /// <summary>Decrypts a batch of texts.</summary>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="lease">A lease that holds the keys of every subject in the batch.</param>
    /// <param name="batch">The envelopes, each with its place.</param>
    /// <returns>One result for each envelope, in the same order.</returns>
    public static IReadOnlyList<DecryptionResult<string>> TryDecryptTexts(
        this IFieldEncryptor encryptor, KeyLease lease, IReadOnlyCollection<(FieldContext Context, ReadOnlyMemory<byte> Envelope)> batch)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        ArgumentNullException.ThrowIfNull(batch);
        var results = new List<DecryptionResult<string>>(batch.Count);
        foreach (var (context, envelope) in batch)
        {
            results.Add(encryptor.TryDecryptText(lease, context, envelope));
        }

        return results;
    }
}
