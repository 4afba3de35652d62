namespace Abm.Privacy.Consent;

/// <summary>The documents that the assembly carries.</summary>
internal static class EmbeddedText
{
    public static byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly does not carry '{name}'.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
