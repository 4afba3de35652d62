using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Abm.Privacy.Pseudonymization;

/// <summary>
/// A keyed one-way pseudonym: 16 bytes of HMAC-SHA-256 and the version of the key that made it. Its text form is
/// <c>p1_</c> and 22 characters of base64url. A pseudonymized record is still personal data.
/// </summary>
public readonly struct Pseudonym : IEquatable<Pseudonym>
{
    /// <summary>The size of the value in bytes.</summary>
    public const int Size = 16;

    private const int TextSize = 22;

    private readonly UInt128 _value;

    internal Pseudonym(int keyVersion, ReadOnlySpan<byte> value)
    {
        KeyVersion = keyVersion;
        _value = BinaryPrimitives.ReadUInt128BigEndian(value);
    }

    /// <summary>The version of the pseudonym key, from 1; 0 for a value that was never set.</summary>
    public int KeyVersion { get; }

    /// <summary>Compares two pseudonyms.</summary>
    /// <param name="left">One pseudonym.</param>
    /// <param name="right">The other pseudonym.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(Pseudonym left, Pseudonym right) => left.Equals(right);

    /// <summary>Compares two pseudonyms.</summary>
    /// <param name="left">One pseudonym.</param>
    /// <param name="right">The other pseudonym.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(Pseudonym left, Pseudonym right) => !left.Equals(right);

    /// <summary>Reads the text form.</summary>
    /// <param name="text">What <see cref="ToString"/> wrote.</param>
    /// <param name="pseudonym">The pseudonym, or the default.</param>
    /// <returns>Whether the text has exactly that form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Pseudonym pseudonym)
    {
        pseudonym = default;
        if (text is not ['p', ..] || text.IndexOf('_', StringComparison.Ordinal) is not (> 1 and var separator)
            || !int.TryParse(text.AsSpan(1, separator - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || version < 1
            || text.Length != separator + 1 + TextSize)
        {
            return false;
        }

        Span<byte> value = stackalloc byte[Size];
        if (Base64Url.DecodeFromChars(text.AsSpan(separator + 1), value, out _, out var written) != OperationStatus.Done || written != Size)
        {
            return false;
        }

        var read = new Pseudonym(version, value);
        if (read.ToString() != text)
        {
            return false; // one pseudonym has one text
        }

        pseudonym = read;
        return true;
    }

    /// <summary>Writes the value's bytes.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (!BinaryPrimitives.TryWriteUInt128BigEndian(destination, _value))
        {
            throw new ArgumentException($"The destination must hold {Size} bytes.", nameof(destination));
        }
    }

    /// <inheritdoc/>
    public bool Equals(Pseudonym other) => KeyVersion == other.KeyVersion && _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Pseudonym other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(KeyVersion, _value);

    /// <summary>The text form.</summary>
    /// <returns>
    /// <c>p</c>, the key version, <c>_</c> and the value as base64url without padding; empty for a value that was never set.
    /// </returns>
    public override string ToString()
    {
        if (KeyVersion == 0)
        {
            return "";
        }

        Span<byte> value = stackalloc byte[Size];
        CopyTo(value);
        Span<char> text = stackalloc char[TextSize];
        Base64Url.EncodeToChars(value, text);
        return string.Create(CultureInfo.InvariantCulture, $"p{KeyVersion}_{text}");
    }
}
