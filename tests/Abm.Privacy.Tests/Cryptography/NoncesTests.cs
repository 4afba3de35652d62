using System.Collections.Concurrent;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Tests.Cryptography;

public sealed class NoncesTests
{
    [Fact]
    public void No_nonce_is_given_out_twice_by_any_thread()
    {
        const int Threads = 4;
        const int Each = 50_000;
        var seen = new ConcurrentDictionary<UInt128, bool>();
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            Span<byte> number = stackalloc byte[16];
            number.Clear();
            for (var i = 0; i < Each; i++)
            {
                Nonces.Fill(number[..EnvelopeHeader.NonceSize]);
                seen.TryAdd(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(number), true);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(Threads * Each, seen.Count);
    }
}
