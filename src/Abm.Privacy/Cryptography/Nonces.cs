using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

/// <summary>
/// Random 96-bit nonces from the platform's generator, drawn for several messages at a time: a call of the generator costs as
/// much for one as for many. Nonces are public, so those in store need no protection.
/// </summary>
internal static class Nonces
{
    private const int Drawn = 32;

    [ThreadStatic]
    private static byte[]? _stock;

    [ThreadStatic]
    private static int _used;

    /// <summary>Fills a nonce of <see cref="EnvelopeHeader.NonceSize"/> bytes that no other call gets.</summary>
    public static void Fill(Span<byte> nonce)
    {
        var stock = _stock;
        if (stock is null || _used == stock.Length)
        {
            stock = Draw();
        }

        stock.AsSpan(_used, EnvelopeHeader.NonceSize).CopyTo(nonce);
        _used += EnvelopeHeader.NonceSize;
    }

    private static byte[] Draw()
    {
        var stock = _stock ?? new byte[Drawn * EnvelopeHeader.NonceSize];
        RandomNumberGenerator.Fill(stock);
        _used = 0;
        return _stock = stock;
    }
}
