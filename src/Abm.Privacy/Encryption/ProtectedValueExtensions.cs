using System.Buffers;
using System.ComponentModel;
using System.Security.Cryptography;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>Seals and reveals <see cref="Protected{T}"/>. A value is never sealed in place: two records may share one.</summary>
public static class ProtectedValueExtensions
{
    /// <summary>Encrypts a pending or revealed value for its place.</summary>
    /// <typeparam name="TProtected">The value's type.</typeparam>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="lease">A lease that holds the subject's key.</param>
    /// <param name="subject">The person whose value it is.</param>
    /// <param name="context">Where the value will stand.</param>
    /// <param name="value">The value; stays as it is.</param>
    /// <param name="padding">How the value's length is hidden. The default is <see cref="Padding.None"/>.</param>
    /// <returns>A revealed value with an envelope for this place, to be stored instead.</returns>
    /// <exception cref="InvalidOperationException">The value is sealed, or the subject is not part of the lease.</exception>
    /// <exception cref="PrivacyException">As for <see cref="IFieldEncryptor.Encrypt"/>.</exception>
    public static TProtected Seal<TProtected>(
        this IFieldEncryptor encryptor, KeyLease lease, SubjectId subject, FieldContext context, TProtected value, Padding padding = default)
        where TProtected : ProtectedValue
    {
        ArgumentNullException.ThrowIfNull(value);
        return (TProtected)value.WithEnvelope(SealToEnvelope(encryptor, lease, subject, context, value, padding), context);
    }

    /// <summary>Decrypts a sealed value in place; a revealed one is left as it is.</summary>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="lease">A lease that holds the subject's keys.</param>
    /// <param name="context">Where the value stands.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">The value is pending: it has no envelope.</exception>
    /// <exception cref="PrivacyException">
    /// As for <see cref="IFieldEncryptor.Decrypt"/>; <see cref="PrivacyErrorCode.FormatUnknown"/> if the value is of another type.
    /// The value stays sealed then.
    /// </exception>
    public static void Reveal(this IFieldEncryptor encryptor, KeyLease lease, FieldContext context, ProtectedValue value)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        ArgumentNullException.ThrowIfNull(value);
        if (value.State == ProtectedState.Revealed)
        {
            return;
        }

        var envelope = value.Envelope.Span;
        var length = encryptor.GetPlaintextLength(envelope);
        Span<byte> clear = length <= 512 ? stackalloc byte[length] : new byte[length];
        try
        {
            var written = encryptor.Decrypt(lease, context, envelope, clear);
            value.SetClear(clear[..written], context);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <summary>
    /// Encrypts a revealed value anew in place, under the key that the lease has for its subject. Only for the package that
    /// has just sealed the value and handed it to nobody yet: a first key of its own has lost against another writer's.
    /// </summary>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="lease">A lease that holds the subject's key.</param>
    /// <param name="subject">The person whose value it is.</param>
    /// <param name="context">Where the value will stand.</param>
    /// <param name="value">The value.</param>
    /// <param name="padding">How the value's length is hidden. The default is <see cref="Padding.None"/>.</param>
    /// <exception cref="InvalidOperationException">The value is sealed, or the subject is not part of the lease.</exception>
    /// <exception cref="PrivacyException">As for <see cref="IFieldEncryptor.Encrypt"/>; the value stays as it was.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Reseal(
        this IFieldEncryptor encryptor, KeyLease lease, SubjectId subject, FieldContext context, ProtectedValue value, Padding padding = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.ReplaceEnvelope(SealToEnvelope(encryptor, lease, subject, context, value, padding), context);
    }

    /// <summary>Whether a value was assigned that is stored at its place already. Compared in fixed time.</summary>
    /// <param name="value">The assigned value.</param>
    /// <param name="stored">What is stored at the place.</param>
    /// <param name="context">The place.</param>
    /// <returns>True only if both clear values are known, equal, and the stored one was revealed for this place.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static bool IsStoredAs(this ProtectedValue value, ProtectedValue stored, FieldContext context)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(stored);
        if (value.State == ProtectedState.Sealed || stored.State != ProtectedState.Revealed || value.ValueType != stored.ValueType
            || stored.Binding is not FieldContext place || place != context)
        {
            return false;
        }

        var length = value.GetClearLength();
        if (length != stored.GetClearLength())
        {
            return false;
        }

        var rented = ArrayPool<byte>.Shared.Rent(2 * length);
        var mine = rented.AsSpan(0, length);
        var theirs = rented.AsSpan(length, length);
        try
        {
            value.WriteClear(mine);
            stored.WriteClear(theirs);
            return CryptographicOperations.FixedTimeEquals(mine, theirs);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(rented.AsSpan(0, 2 * length));
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    internal static byte[] SealToEnvelope(
        IFieldEncryptor encryptor, KeyLease lease, SubjectId subject, FieldContext context, ProtectedValue value, Padding padding)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        var length = value.GetClearLength();
        Span<byte> clear = length <= 512 ? stackalloc byte[length] : new byte[length];
        try
        {
            value.WriteClear(clear);
            var envelope = new byte[encryptor.GetEnvelopeLength(length, padding)];
            encryptor.Encrypt(lease, subject, context, clear, envelope, padding);
            return envelope;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }
}
