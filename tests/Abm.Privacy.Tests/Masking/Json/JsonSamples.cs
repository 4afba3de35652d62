using System.Buffers;
using System.Text;
using Abm.Privacy.Masking.Json;

namespace Abm.Privacy.Tests.Masking.Json;

/// <summary>Short ways to mask with either engine.</summary>
internal static class JsonSamples
{
    public static TheoryData<JsonMaskingEngine> Engines => [JsonMaskingEngine.Validating, JsonMaskingEngine.Structural];

    public static JsonMasker Masker(JsonMaskingEngine engine, Action<JsonMaskingOptions> configure)
    {
        var options = new JsonMaskingOptions { Engine = engine };
        configure(options);
        return new JsonMasker(options);
    }

    public static string Mask(JsonMaskingEngine engine, string json, Action<JsonMaskingOptions> configure) =>
        Masker(engine, configure).Mask(json);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The masked document, or null if the document is refused.</summary>
    public static byte[]? TryMask(JsonMasker masker, ReadOnlySpan<byte> document)
    {
        var destination = new byte[document.Length * 6 + 64];
        var status = masker.Mask(document, destination, out var written);
        Assert.NotEqual(OperationStatus.DestinationTooSmall, status);
        Assert.Equal(status == OperationStatus.Done, written > 0);
        return status == OperationStatus.Done ? destination[..written] : null;
    }
}
