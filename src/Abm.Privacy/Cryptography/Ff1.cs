using System.Diagnostics;
using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

// Reference: FF1, NIST SP 800-38G and its Revision 1 (2nd public draft, 2025), which asks for a domain of at least 10^6.
// Key 128, 192 or 256 bit. A half of a text is kept as one number, so its domain is limited to 2^96: 57 decimal digits.

/// <summary>
/// Format-preserving encryption under one key, radix and tweak: a permutation of the texts of each length. Safe for concurrent
/// use; a call does not allocate.
/// </summary>
internal sealed class Ff1 : InstancePool<Ff1Instance>
{
    /// <summary>The smallest domain that the standard allows.</summary>
    public const int MinDomain = 1_000_000;

    private const int MaxHalfBits = 96;

    private readonly byte[] _key;
    private readonly int _radix;
    private readonly byte[] _tweak;
    private readonly Ff1Layout?[] _layouts;

    /// <summary>Creates a cipher.</summary>
    /// <param name="key">16, 24 or 32 bytes, copied.</param>
    /// <param name="radix">2 to 256.</param>
    /// <param name="tweak">What the permutation is bound to beside the key; copied.</param>
    public Ff1(ReadOnlySpan<byte> key, int radix, ReadOnlySpan<byte> tweak)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(radix, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radix, 256);
        _key = GC.AllocateUninitializedArray<byte>(key.Length, pinned: true);
        key.CopyTo(_key);
        _radix = radix;
        _tweak = tweak.ToArray();
        MinLength = FindMinLength(radix);
        MaxLength = FindMaxLength(radix);
        _layouts = new Ff1Layout?[MaxLength + 1];
    }

    /// <summary>The length from which on the domain is as large as the standard asks.</summary>
    public int MinLength { get; }

    /// <summary>The greatest length that is worked on.</summary>
    public int MaxLength { get; }

    /// <summary>Encrypts a text in place.</summary>
    /// <param name="numerals">Digits below the radix, as many as <see cref="MinLength"/> to <see cref="MaxLength"/>.</param>
    public void Encrypt(Span<byte> numerals)
    {
        var instance = Rent();
        instance.Encrypt(Layout(numerals.Length, instance), numerals);
        Return(instance); // after an exception it is not used again
    }

    /// <summary>Decrypts a text in place.</summary>
    /// <param name="numerals">As for <see cref="Encrypt"/>.</param>
    public void Decrypt(Span<byte> numerals)
    {
        var instance = Rent();
        instance.Decrypt(Layout(numerals.Length, instance), numerals);
        Return(instance);
    }

    protected override Ff1Instance Create() => new(_key);

    protected override void ZeroKey() => CryptographicOperations.ZeroMemory(_key);

    private static int FindMinLength(int radix)
    {
        var length = 1;
        for (long domain = radix; domain < MinDomain; domain *= radix)
        {
            length++;
        }

        return Math.Max(length, 2);
    }

    private static int FindMaxLength(int radix)
    {
        var half = 0;
        for (var domain = (UInt128)radix; domain <= (UInt128)1 << MaxHalfBits; domain *= (uint)radix)
        {
            half++;
        }

        Debug.Assert(half > 0);
        return 2 * half;
    }

    private Ff1Layout Layout(int length, Ff1Instance instance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, MinLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        return Volatile.Read(ref _layouts[length]) is { } known ? known : _layouts[length] = new Ff1Layout(_radix, length, _tweak, instance);
    }
}
