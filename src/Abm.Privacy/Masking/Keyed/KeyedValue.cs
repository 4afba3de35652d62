using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// A value as UTF-8 in its normal form, with room before it, so that a mask can hash <c>LP(field) || value</c> in one piece.
/// </summary>
internal ref struct KeyedValue(Span<byte> stack)
{
    /// <summary>The longest value in bytes of UTF-8: what is longer is no field, and is masked whole.</summary>
    public const int MaxBytes = 65_536;

    public const int StackBytes = 512;

    /// <summary>Room for a prefix: a name of 128 bytes and its length.</summary>
    private const int Head = 160;

    private Span<byte> _buffer = stack;
    private int _start;
    private int _length;
    private byte[]? _rented;

    public readonly ReadOnlySpan<byte> Bytes => _buffer.Slice(_start, _length);

    /// <summary>Takes a value; false if it is too long or not valid Unicode, or nothing is left of it.</summary>
    public bool TryRead(ReadOnlySpan<char> value, MaskNormalization normalization)
    {
        if (value.Length > MaxBytes)
        {
            return false;
        }

        Reserve(value.Length * 3);
        return Utf8.FromUtf16(value, _buffer[Head..], out _, out _length, replaceInvalidSequences: false) == OperationStatus.Done && Normalize(normalization);
    }

    /// <summary>Takes a value; as for the other encoding.</summary>
    public bool TryRead(ReadOnlySpan<byte> value, MaskNormalization normalization)
    {
        if (value.Length > MaxBytes || !Utf8.IsValid(value))
        {
            return false;
        }

        Reserve(value.Length);
        value.CopyTo(_buffer[Head..]);
        _length = value.Length;
        return Normalize(normalization);
    }

    /// <summary>Hashes the prefix and the value.</summary>
    public readonly void Hash(HmacKey key, ReadOnlySpan<byte> prefix, Span<byte> hash)
    {
        prefix.CopyTo(_buffer[(_start - prefix.Length)..]);
        key.Compute(_buffer.Slice(_start - prefix.Length, prefix.Length + _length), hash);
    }

    public readonly void Dispose()
    {
        CryptographicOperations.ZeroMemory(_rented is null ? _buffer : _buffer[..Math.Min(_buffer.Length, _start + _length)]);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        }
    }

    private void Reserve(int bytes)
    {
        _start = Head;
        if (_buffer.Length < Head + bytes)
        {
            _buffer = _rented = ArrayPool<byte>.Shared.Rent(Head + bytes);
        }
    }

    private bool Normalize(MaskNormalization normalization)
    {
        if (_length > MaxBytes)
        {
            return false;
        }

        if (normalization == MaskNormalization.IgnoreCase)
        {
            Trim();
            if (Ascii.IsValid(Bytes))
            {
                Ascii.ToLowerInPlace(_buffer.Slice(_start, _length), out _);
            }
            else
            {
                // lowering may part a letter from its accent, so both sides of it are composed
                Compose();
                Lower();
                Compose();
            }
        }

        return _length > 0;
    }

    private void Trim()
    {
        while (_length > 0 && Rune.DecodeFromUtf8(Bytes, out var first, out var consumed) == OperationStatus.Done && Rune.IsWhiteSpace(first))
        {
            _start += consumed;
            _length -= consumed;
        }

        while (_length > 0 && Rune.DecodeLastFromUtf8(Bytes, out var last, out var consumed) == OperationStatus.Done && Rune.IsWhiteSpace(last))
        {
            _length -= consumed;
        }
    }

    /// <summary>Brings the value into the normal form C of Unicode.</summary>
    private void Compose()
    {
        var text = ArrayPool<char>.Shared.Rent(_length);
        Utf8.ToUtf16(Bytes, text, out _, out var length);
        var clear = text.AsSpan(0, length);
        if (!clear.IsNormalized())
        {
            var composed = ArrayPool<char>.Shared.Rent(clear.GetNormalizedLength());
            clear.TryNormalize(composed, out var written);
            var bytes = ArrayPool<byte>.Shared.Rent(Head + 3 * written);
            Utf8.FromUtf16(composed.AsSpan(0, written), bytes.AsSpan(Head), out _, out var count);
            Replace(bytes, count);
            ArrayPool<char>.Shared.Return(composed, clearArray: true);
        }

        ArrayPool<char>.Shared.Return(text, clearArray: true);
    }

    private void Lower()
    {
        // a lower-case form may be longer, so the text moves into another buffer
        var lowered = ArrayPool<byte>.Shared.Rent(Head + 2 * _length);
        var written = 0;
        for (var rest = Bytes; !rest.IsEmpty;)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var consumed);
            written += Rune.ToLowerInvariant(rune).EncodeToUtf8(lowered.AsSpan(Head + written));
            rest = rest[consumed..];
        }

        Replace(lowered, written);
    }

    private void Replace(byte[] rented, int length)
    {
        CryptographicOperations.ZeroMemory(_buffer.Slice(_start, _length));
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        }

        _buffer = _rented = rented;
        _start = Head;
        _length = length;
    }
}
