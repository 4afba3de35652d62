using System.Buffers;
using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

// Format 1, suite 02: AES-256-SIV (RFC 5297), 35 bytes over the plaintext, key of 64 bytes for each field; at most 2^48
// messages for one field of one tenant; a plaintext of 1 byte to 64 MiB.

/// <summary>The deterministic encryptor of suite 02: equal values of a field give equal envelopes.</summary>
public sealed class DeterministicEncryptor : IDeterministicEncryptor
{
    /// <summary>
    /// The fewest different values that a field may take without a waiver: with fewer, the frequencies of a list of contacts
    /// suffice to name most values.
    /// </summary>
    public const long MinDistinctValues = 10_000;

    private const int MaxStackBytes = 512;

    private readonly KeyRing _keys;

    /// <summary>Creates an encryptor.</summary>
    /// <param name="keys">Holds the tenants' shared keys.</param>
    /// <param name="options">Why the leakage is accepted; validated.</param>
    /// <exception cref="ArgumentException">The options give no reason.</exception>
    public DeterministicEncryptor(KeyRing keys, DeterministicEncryptionOptions options)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(options);
        if (DeterministicEncryptionOptionsValidator.FindFaults(options) is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        _keys = keys;
    }

    /// <inheritdoc/>
    public ValueTask<KeyLease> OpenAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        _keys.OpenOwnersAsync(tenant, [SharedKeys.Owner], create: true, cancellationToken);

    /// <inheritdoc/>
    public int GetEnvelopeLength<T>(DeterministicField<T> field, T value)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(field);
        var length = DeterministicValue.GetLength(value);
        return length switch
        {
            0 => throw new ArgumentException("An empty value is not encrypted deterministically: its envelope would mark every record without one. Store null.", nameof(value)),
            > FieldEncryptor.MaxPlaintextLength => throw new ArgumentException($"The value is {length} bytes long; at most {FieldEncryptor.MaxPlaintextLength} are allowed.", nameof(value)),
            _ => EnvelopeHeader.SivOverhead + length,
        };
    }

    /// <inheritdoc/>
    public int Encrypt<T>(KeyLease lease, DeterministicField<T> field, T value, Span<byte> destination)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(lease);
        var length = GetEnvelopeLength(field, value);
        EncryptionErrors.ThrowIfTooSmall(destination, length); // and so never the array of the value, which is shorter
        var use = lease.Use();
        try
        {
            DeterministicCipher.Of(SharedKeys.Active(lease), lease.Tenant, field.Name).Encrypt(value, destination[..length]);
            return length;
        }
        finally
        {
            use.Release();
        }
    }

    /// <inheritdoc/>
    public T Decrypt<T>(KeyLease lease, DeterministicField<T> field, ReadOnlySpan<byte> envelope)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(field);
        var header = EnvelopeHeader.Read(envelope, EnvelopeHeader.SuiteAesSiv);
        var length = envelope.Length - EnvelopeHeader.SivOverhead;
        var rented = length <= MaxStackBytes ? null : ArrayPool<byte>.Shared.Rent(length);
        var plaintext = rented is null ? stackalloc byte[MaxStackBytes] : rented;
        plaintext = plaintext[..length];
        var use = lease.Use();
        try
        {
            DeterministicCipher.Of(lease.Get(header.KeyId), lease.Tenant, field.Name).Decrypt(envelope, plaintext);
            return DeterministicValue.Read<T>(plaintext);
        }
        finally
        {
            use.Release();
            CryptographicOperations.ZeroMemory(plaintext);
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> TokensFor<T>(KeyLease lease, DeterministicField<T> field, T value)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(lease);
        var length = GetEnvelopeLength(field, value);
        var use = lease.Use();
        try
        {
            var tokens = new List<byte[]>();
            foreach (var key in SharedKeys.Live(lease))
            {
                var token = new byte[length];
                DeterministicCipher.Of(key, lease.Tenant, field.Name).Encrypt(value, token);
                tokens.Add(token);
            }

            return tokens;
        }
        finally
        {
            use.Release();
        }
    }
}
