using System.Text;

namespace QuickStart.Input;

/// <summary>Finds the first line that is not UTF-8, in one pass with a small buffer.</summary>
internal static class InvalidUtf8
{
    public static long? FindLine(string path)
    {
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[64 * 1024];
        var chars = new char[bytes.Length + 1];
        var line = 1L;
        using var stream = File.OpenRead(path);
        try
        {
            int read;
            while ((read = stream.Read(bytes)) > 0)
            {
                for (ReadOnlySpan<byte> rest = bytes.AsSpan(0, read); rest.Length > 0;)
                {
                    var end = rest.IndexOf((byte)'\n');
                    var part = end < 0 ? rest : rest[..(end + 1)];
                    decoder.GetChars(part, chars, flush: false);
                    line += end < 0 ? 0 : 1;
                    rest = rest[part.Length..];
                }
            }

            decoder.GetChars([], chars, flush: true);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return line;
        }
    }
}
