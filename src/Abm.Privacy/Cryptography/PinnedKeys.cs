namespace Abm.Privacy.Cryptography;

/// <summary>
/// Pinned memory for keys, taken from the runtime in blocks of many: pinned objects are dear one by one, and every few of
/// them bring a full collection about. A place is used once and never again; a block goes when the last of its keys does.
/// </summary>
internal static class PinnedKeys
{
    private const int PlacesInBlock = 64;

    private static Block _current = new();

    /// <summary>Takes a place of <see cref="SecretKey.Size"/> zero bytes.</summary>
    public static Memory<byte> Take()
    {
        while (true)
        {
            var block = Volatile.Read(ref _current);
            var place = Interlocked.Increment(ref block.Taken) - 1;
            if (place < PlacesInBlock)
            {
                return block.Bytes.AsMemory(place * SecretKey.Size, SecretKey.Size);
            }

            Interlocked.CompareExchange(ref _current, new Block(), block);
        }
    }

    private sealed class Block
    {
        public readonly byte[] Bytes = GC.AllocateArray<byte>(PlacesInBlock * SecretKey.Size, pinned: true);

        public int Taken;
    }
}
