using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Abm.Privacy.Masking.Json.Engines;

namespace Abm.Privacy.Masking.Json.Rules;

/// <summary>
/// The names that rules speak of. A name of a document is looked up by its length and its first eight bytes, taken as one
/// number; only a name that has both in common with one of the table is compared further.
/// </summary>
internal sealed class NameTable
{
    /// <summary>No name of the table.</summary>
    public const int None = 0;

    private readonly Entry[] _entries;
    private readonly int _shift;
    private readonly bool _ignoreCase;
    private readonly ulong _lengths;
    private readonly int _maxRawLength;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>? _beyondAscii;

    /// <param name="names">The names; the first has the number 1. With case ignored, no two differ in case alone.</param>
    /// <param name="ignoreCase">Whether names are compared like <see cref="StringComparison.OrdinalIgnoreCase"/>.</param>
    public NameTable(IReadOnlyList<string> names, bool ignoreCase)
    {
        _ignoreCase = ignoreCase;
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 4 * names.Count));
        _entries = new Entry[size];
        _shift = 64 - BitOperations.Log2(size);
        for (var i = 0; i < names.Count; i++)
        {
            // an escaped name has up to six bytes for each UTF-16 unit
            _maxRawLength = Math.Max(_maxRawLength, 6 * names[i].Length);
            if (!ignoreCase || Ascii.IsValid(names[i]))
            {
                Add(Encoding.UTF8.GetBytes(ignoreCase ? names[i].ToLowerInvariant() : names[i]), i + 1);
                _lengths |= 1UL << Math.Min(Encoding.UTF8.GetByteCount(names[i]), 63);
            }
        }

        var beyond = names.Select((name, i) => KeyValuePair.Create(name, i + 1)).Where(entry => ignoreCase && !Ascii.IsValid(entry.Key)).ToList();
        if (beyond.Count > 0)
        {
            _beyondAscii = beyond.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        }
    }

    /// <summary>The number of a name that holds no escape.</summary>
    /// <param name="document">The document, of which the name is a part, so that eight bytes are read at once where it has them.</param>
    /// <param name="start">Where the name starts.</param>
    /// <param name="length">The name's length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ReadOnlySpan<byte> document, int start, int length)
    {
        if ((_lengths >>> Math.Min(length, 63) & 1) == 0)
        {
            return _beyondAscii is null ? None : FindBeyondAscii(document.Slice(start, length));
        }

        var head = start + sizeof(ulong) <= document.Length
            ? BinaryPrimitives.ReadUInt64LittleEndian(document.Slice(start, sizeof(ulong)))
            : ReadHead(document[start..]);
        head = length >= sizeof(ulong) ? head : head & ((1UL << (8 * length)) - 1);
        head = _ignoreCase ? ToLower(head) : head;
        for (var slot = Hash(head, length); ; slot++)
        {
            ref readonly var entry = ref _entries[slot & (_entries.Length - 1)];
            if (entry.Number == None)
            {
                return _beyondAscii is null ? None : FindBeyondAscii(document.Slice(start, length));
            }

            if (entry.Head == head && entry.Name.Length == length && (length <= sizeof(ulong) || IsRestEqual(entry.Name, document.Slice(start, length))))
            {
                return entry.Number;
            }
        }
    }

    /// <summary>The number of a name that holds escapes.</summary>
    /// <returns>False if an escape is not one of JSON.</returns>
    public bool TryFindEscaped(ReadOnlySpan<byte> raw, out int number)
    {
        number = None;
        if (raw.Length > _maxRawLength)
        {
            return true;
        }

        using var scratch = new Scratch(stackalloc byte[Scratch.StackLength], raw.Length);
        if (!JsonText.TryUnescape(raw, scratch.Bytes, out var length))
        {
            return false;
        }

        number = Find(scratch.Bytes[..length], 0, length);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ReadHead(ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[sizeof(ulong)];
        head.Clear();
        bytes[..Math.Min(bytes.Length, head.Length)].CopyTo(head);
        return BinaryPrimitives.ReadUInt64LittleEndian(head);
    }

    private static ulong ToLower(ulong ascii)
    {
        // the high bit of a byte of the sums tells whether its seven low bits reach 'A', and whether they go beyond 'Z'
        const ulong Each = 0x0101_0101_0101_0101;
        var low = ascii & (0x7F * Each);
        var isUpper = (low + (0x80 - 'A') * Each) & ~(low + (0x80 - 'Z' - 1) * Each) & ~ascii & (0x80 * Each);
        return ascii | isUpper >>> 2;
    }

    private void Add(byte[] name, int number)
    {
        var head = ReadHead(name);
        var slot = Hash(head, name.Length);
        while (_entries[slot & (_entries.Length - 1)].Number != None)
        {
            slot++;
        }

        _entries[slot & (_entries.Length - 1)] = new Entry(head, name, number);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Hash(ulong head, int length) => (int)((head + (ulong)length) * 0x9E37_79B9_7F4A_7C15 >>> _shift);

    private bool IsRestEqual(byte[] name, ReadOnlySpan<byte> other) =>
        _ignoreCase ? Ascii.EqualsIgnoreCase(name, other) : other.SequenceEqual(name);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindBeyondAscii(ReadOnlySpan<byte> name)
    {
        if (name.Length > _maxRawLength || Ascii.IsValid(name))
        {
            return None;
        }

        using var scratch = new Scratch(stackalloc byte[Scratch.StackLength], 2 * name.Length);
        var chars = MemoryMarshal.Cast<byte, char>(scratch.Bytes);
        return System.Text.Unicode.Utf8.ToUtf16(name, chars, out _, out var written, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done
            && _beyondAscii!.Value.TryGetValue(chars[..written], out var number)
            ? number
            : None;
    }

    private readonly record struct Entry(ulong Head, byte[] Name, int Number);
}
