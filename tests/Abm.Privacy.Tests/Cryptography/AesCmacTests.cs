using System.Globalization;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Tests.Cryptography;

public class AesCmacTests
{
    private const string Message =
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

    private static readonly byte[] Key = Convert.FromHexString("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");

    /// <summary>The AES-256 examples of NIST SP 800-38B, all on one instance: a message starts anew whatever came before.</summary>
    [Theory]
    [InlineData(0, "028962f61b7bf89efc6b551f4667d983")]
    [InlineData(16, "28a7023f452e8f82bd4bf28d8c37c35c")]
    [InlineData(20, "156727dc0878944a023c1fe03bad6d93")]
    [InlineData(64, "e1992190549f6ed5696a2c056c315410")]
    public void The_examples_of_the_standard_come_out(int length, string expected)
    {
        using var mac = new AesCmac(Key);
        var message = Convert.FromHexString(Message);
        for (var before = 0; before <= message.Length; before += 7)
        {
            mac.Compute(message.AsSpan(0, before));

            Assert.Equal(expected, mac.Compute(message.AsSpan(0, length)).ToString("x32", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Computed with the Python package <c>cryptography</c>: longer than what is worked on at once.</summary>
    [Theory]
    [InlineData(1024, "2f11a94f8ff28f02647da2f8e3bbb787")]
    [InlineData(1040, "a6f1e826a37defadbb0606e9b4246f3d")]
    [InlineData(1056, "674f2d6011ec234293ee28ea3566548b")]
    [InlineData(1057, "fa2398365dfcf8a728b2ba9d539beb98")]
    [InlineData(5000, "335c4ea4fab890e22088c876bc6d7909")]
    public void Long_messages_come_out(int length, string expected)
    {
        using var mac = new AesCmac(Key);

        Assert.Equal(expected, mac.Compute([.. Enumerable.Range(0, length).Select(i => (byte)((i * 7) + 3))]).ToString("x32", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(31)]
    [InlineData(64)]
    public void A_key_that_AES_does_not_have_is_refused(int size)
    {
        Assert.Throws<ArgumentException>(() => new AesCmac(new byte[size]));
    }
}
