using System.Numerics;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Tests.Masking;

public class Block64Tests
{
    private static readonly NibbleSet Spaces = new(" \t\n\r"u8);

    [Fact]
    public void The_vectors_give_the_bits_of_the_loop_for_every_byte_at_every_place()
    {
        var bytes = new byte[64];
        for (var i = 0; i < 256; i++)
        {
            for (var place = 0; place < 64; place++)
            {
                bytes[place] = (byte)(i * 7 + place * 37);
            }

            AssertSame(Block64.Load(in bytes[0]), ScalarBlock64.Load(in bytes[0]), (byte)i);
        }
    }

    [Fact]
    public void A_set_holds_its_members_alone()
    {
        var bytes = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();

        Assert.Equal(1UL << ' ' | 1UL << '\t' | 1UL << '\n' | 1UL << '\r', Block64.Load(in bytes[0]).In(Spaces));
        Assert.Equal(0UL, Block64.Load(in Enumerable.Range(64, 64).Select(i => (byte)i).ToArray()[0]).In(Spaces));
        Assert.Equal(0UL, Block64.Load(in Enumerable.Range(128, 64).Select(i => (byte)i).ToArray()[0]).In(Spaces));
        Assert.Throws<ArgumentException>(() => new NibbleSet("ab1"u8));
        Assert.Throws<ArgumentException>(() => new NibbleSet([200]));
    }

    [Fact]
    public void What_lies_between_two_marks_is_found_on_every_processor()
    {
        foreach (var bits in Samples())
        {
            var expected = 0UL;
            for (var i = 0; i < 64; i++)
            {
                expected |= (ulong)(BitOperations.PopCount(bits << (63 - i)) & 1) << i;
            }

            Assert.Equal(expected, Bits64.PrefixXor(bits));
            Assert.Equal(expected, Bits64.PrefixXorByShifts(bits));
        }
    }

    [Fact]
    public void Escaped_characters_are_those_after_an_odd_run_and_runs_cross_blocks()
    {
        foreach (var bits in Samples())
        {
            foreach (var next in new[] { ~0UL, 0UL, bits, 1UL })
            {
                ulong carry = 0, expectedCarry = 0;
                foreach (var block in new[] { bits, next, bits })
                {
                    var expected = 0UL;
                    for (var i = 0; i < 64; i++)
                    {
                        expected |= expectedCarry << i;
                        expectedCarry = expectedCarry == 0 ? block >> i & 1 : 0;
                    }

                    Assert.Equal(expected, Bits64.Escaped(block, ref carry));
                    Assert.Equal(expectedCarry, carry);
                }
            }
        }
    }

    [Fact]
    public void A_mark_moves_behind_the_gap_that_it_starts()
    {
        foreach (var gaps in Samples())
        {
            foreach (var pattern in Samples().Take(60))
            {
                var marks = pattern & ~(gaps << 1 & gaps);
                ulong expected = 0, expectedCarry = 0, carry = 0;
                for (var i = 0; i < 64; i++)
                {
                    if ((marks >> i & 1) != 0)
                    {
                        var behind = i;
                        while (behind < 64 && (gaps >> behind & 1) != 0)
                        {
                            behind++;
                        }

                        expected |= behind < 64 ? 1UL << behind : 0;
                        expectedCarry |= behind < 64 ? 0UL : 1;
                    }
                }

                Assert.Equal(expected, Bits64.SkipGaps(marks, gaps, ref carry));
                Assert.Equal(expectedCarry, carry);
            }
        }
    }

    private static void AssertSame(Block64 vector, ScalarBlock64 loop, byte value)
    {
        Assert.Equal(loop.Equal(value), vector.Equal(value));
        Assert.Equal(loop.EqualWith(0x20, value), vector.EqualWith(0x20, value));
        Assert.Equal(loop.InRange(value, (byte)Math.Min(255, value + 31)), vector.InRange(value, (byte)Math.Min(255, value + 31)));
        Assert.Equal(loop.NotAscii(), vector.NotAscii());
        Assert.Equal(loop.In(Spaces), vector.In(Spaces));
    }

    private static IEnumerable<ulong> Samples()
    {
        ulong[] edges = [0, 1, 2, 3, 1UL << 63, 3UL << 62, ~0UL, ~1UL, ~0UL >> 1, 0x5555_5555_5555_5555, 0xAAAA_AAAA_AAAA_AAAA, 0xFFFF_FFFF_0000_0000];
        var state = 0x9E37_79B9_7F4A_7C15;
        var mixed = Enumerable.Range(0, 300).Select(i =>
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            var bits = state ^ state >> 29;
            return i % 3 == 0 ? bits : i % 3 == 1 ? bits & BitOperations.RotateLeft(bits, 13) : bits | BitOperations.RotateLeft(bits, 7);
        }).ToList();
        return edges.Concat(mixed);
    }
}
