using System.Text.Json;

namespace Abm.Privacy.Keys;

/// <summary>
/// What a key log had durably stored at its last acknowledged write: file, length and running hash. A log that is
/// shorter or different was truncated or altered. A generation is a random name and is never used again, so that a folder
/// that was restored under a running process is noticed.
/// </summary>
internal sealed record KeyLogHead(string Generation, long Length, byte[] Chain)
{
    private const int Format = 1;

    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", Format);
            writer.WriteString("generation", Generation);
            writer.WriteNumber("length", Length);
            writer.WriteString("chain", Convert.ToHexStringLower(Chain));
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>The head of a new, empty file.</summary>
    public static KeyLogHead New() => new(Guid.CreateVersion7().ToString("N"), 0, new KeyLogChain().Value);

    /// <summary>Reads a head; null if it is none.</summary>
    public static KeyLogHead? TryParse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var chain = Convert.FromHexString(root.GetProperty("chain").GetString()!);
            var head = new KeyLogHead(root.GetProperty("generation").GetString()!, root.GetProperty("length").GetInt64(), chain);
            return root.GetProperty("format").GetInt32() == Format && chain.Length == KeyLogChain.HashSize && head.Length >= 0 && Guid.TryParseExact(head.Generation, "N", out _)
                ? head
                : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            return null;
        }
    }
}
