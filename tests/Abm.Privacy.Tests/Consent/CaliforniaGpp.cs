namespace Abm.Privacy.Tests.Consent;

/// <summary>
/// Reads three fields of the California section of a GPP string: for a header that lists this section alone, core bits 12 to 15 and
/// the GPC sub-section (IAB Tech Lab, GPP section 8, usca v1). A full decoder is not part of these tests.
/// </summary>
internal static class CaliforniaGpp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const int OptedOut = 1;

    public static (bool SaleOrSharingOptedOut, bool Gpc) Decode(string text)
    {
        var parts = text.Split('~');
        Assert.Equal([8], SectionIds(Bits(parts[0])));
        var segments = parts[1].Split('.');
        var core = Bits(segments[0]);
        Assert.Equal(1, Number(core, 0, 6)); // version
        var optedOut = Number(core, 12, 2) == OptedOut || Number(core, 14, 2) == OptedOut;
        var gpc = segments.Skip(1).Select(Bits).Any(bits => Number(bits, 0, 2) == 1 && Number(bits, 2, 1) == 1);
        return (optedOut, gpc);
    }

    /// <summary>Type 3, version 1, then ranges in Fibonacci code; one single id is all that is read here.</summary>
    private static int[] SectionIds(string bits)
    {
        Assert.Equal((3, 1, 1, '0'), (Number(bits, 0, 6), Number(bits, 6, 6), Number(bits, 12, 12), bits[24]));
        int id = 0, a = 1, b = 2;
        for (var i = 25; bits[i] != '1' || bits[i - 1] != '1' || i == 25; i++)
        {
            id += bits[i] == '1' ? a : 0;
            (a, b) = (b, a + b);
        }

        return [id];
    }

    private static string Bits(string text) => string.Concat(text.Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(6, '0')));

    private static int Number(string bits, int start, int length) => Convert.ToInt32(bits.Substring(start, length), 2);
}
