using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

/// <summary>
/// The public name of a key: 16 bytes of HKDF-Expand-SHA-256 over it. It reveals nothing of the key and is checked
/// whenever a key is unwrapped, so one name never stands for two keys.
/// </summary>
public readonly struct KeyId : IEquatable<KeyId>
{
    /// <summary>The size of an id in bytes.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    /// <summary>Creates an id from its bytes.</summary>
    /// <param name="bytes">Exactly <see cref="Size"/> bytes.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public KeyId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A key id has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Compares two ids.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(KeyId left, KeyId right) => left.Equals(right);

    /// <summary>Compares two ids.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other id.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(KeyId left, KeyId right) => !left.Equals(right);

    /// <summary>Writes the id's bytes.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (!BinaryPrimitives.TryWriteUInt128BigEndian(destination, _value))
        {
            throw new ArgumentException($"The destination must hold {Size} bytes.", nameof(destination));
        }
    }

    /// <summary>Compares in a time that does not depend on the bytes; for the check of an unwrapped key.</summary>
    internal bool EqualsInFixedTime(KeyId other)
    {
        Span<byte> mine = stackalloc byte[Size];
        Span<byte> theirs = stackalloc byte[Size];
        CopyTo(mine);
        other.CopyTo(theirs);
        return CryptographicOperations.FixedTimeEquals(mine, theirs);
    }

    /// <inheritdoc/>
    public bool Equals(KeyId other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is KeyId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)(ulong)_value; // the id is a hash already

    /// <summary>The id as 32 lower-case hexadecimal digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
