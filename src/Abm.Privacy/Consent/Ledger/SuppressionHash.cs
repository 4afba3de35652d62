using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// What is left of a suppressed address, number or domain: a keyed hash under a key that serves nothing else. It recognizes the identifier
/// when it comes back, and nobody without the key can test guesses. It is still personal data, kept to honor the person's wish.
/// </summary>
[JsonConverter(typeof(SuppressionHashJsonConverter))]
public sealed class SuppressionHash : IEquatable<SuppressionHash>
{
    /// <summary>The size of a value in bytes.</summary>
    public const int Size = 32;

    /// <summary>The size of a key check in bytes.</summary>
    public const int KeyCheckSize = 8;

    private readonly byte[] _value;
    private readonly byte[] _keyCheck;

    /// <summary>Creates a hash from its stored parts.</summary>
    /// <param name="identifierType">The identifier's type: <c>email</c>, <c>phone</c>, <c>domain</c>.</param>
    /// <param name="normalizer">The normalizer that made the hashed text, for example <c>email-v1</c>.</param>
    /// <param name="keyVersion">The version of the suppression key, from 1.</param>
    /// <param name="value">Exactly <see cref="Size"/> bytes, copied.</param>
    /// <param name="keyCheck">Exactly <see cref="KeyCheckSize"/> bytes, copied; empty, the default, if they are not known.</param>
    /// <exception cref="ArgumentException">A name is empty or too long, the version is below 1, or the value or the key check has another size.</exception>
    public SuppressionHash(string identifierType, string normalizer, int keyVersion, ReadOnlySpan<byte> value, ReadOnlySpan<byte> keyCheck = default)
    {
        IdentifierType = LedgerCheck.Text(identifierType, LedgerEvent.MaxName, nameof(identifierType));
        Normalizer = LedgerCheck.Text(normalizer, LedgerEvent.MaxName, nameof(normalizer));
        ArgumentOutOfRangeException.ThrowIfLessThan(keyVersion, 1);
        if (value.Length != Size)
        {
            throw new ArgumentException($"A suppression hash has {Size} bytes, not {value.Length}.", nameof(value));
        }

        if (keyCheck.Length is not (0 or KeyCheckSize))
        {
            throw new ArgumentException($"A key check has {KeyCheckSize} bytes, not {keyCheck.Length}.", nameof(keyCheck));
        }

        (KeyVersion, _value, _keyCheck) = (keyVersion, value.ToArray(), keyCheck.ToArray());
    }

    /// <summary>The identifier's type.</summary>
    public string IdentifierType { get; }

    /// <summary>The normalizer that made the hashed text.</summary>
    public string Normalizer { get; }

    /// <summary>The version of the suppression key.</summary>
    public int KeyVersion { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Value => _value;

    /// <summary>
    /// What tells the key that made the hash from every other one, so that a list of another tenant or place is recognized instead of
    /// matching nobody. Empty where only the hash was stored. It is no part of what makes two hashes equal.
    /// </summary>
    public ReadOnlySpan<byte> KeyCheck => _keyCheck;

    /// <inheritdoc/>
    public bool Equals(SuppressionHash? other) => other is not null && KeyVersion == other.KeyVersion
        && IdentifierType == other.IdentifierType && Normalizer == other.Normalizer && Value.SequenceEqual(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SuppressionHash);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(KeyVersion, BitConverter.ToInt64(_value));

    /// <summary>Type and key version; never the value.</summary>
    /// <returns>For example <c>[email suppression, key 1]</c>.</returns>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{IdentifierType} suppression, key {KeyVersion}]");
}
