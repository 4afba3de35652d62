using System.Text;

namespace QuickStart.Input;

/// <summary>
/// An input file opened as text: UTF-8, or UTF-16 and UTF-32 with a byte order mark. Bytes that do not decode are an
/// error and never a replacement character.
/// </summary>
internal sealed class TextInput : IDisposable
{
    private const string Utf8Name = "UTF-8";
    private const int ProbeBytes = 4096;
    private readonly FileStream _stream;
    private readonly string _path;

    private TextInput(string path, FileStream stream, Encoding encoding, string encodingName, string start)
    {
        Start = start;
        _path = path;
        _stream = stream;
        Encoding = encodingName;
        Reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false);
        Stamp = (stream.Length, File.GetLastWriteTimeUtc(path));
    }

    public StreamReader Reader { get; }

    public string Encoding { get; }

    /// <summary>The first characters of the file, for a look at its form; broken ones are replaced here.</summary>
    public string Start { get; }

    /// <summary>Changes when the file changes.</summary>
    public (long Length, DateTime Written) Stamp { get; }

    /// <summary>The part of the file that has been read, 0 to 1.</summary>
    public double Progress => Stamp.Length == 0 ? 1 : Math.Min(1, (double)_stream.Position / Stamp.Length);

    /// <param name="path">The file.</param>
    /// <param name="option">The option that names the file, for the error.</param>
    /// <exception cref="QuickStartException">The file is missing, empty, not a file, or not text.</exception>
    public static TextInput Open(string path, string option)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read, Options = FileOptions.SequentialScan | FileOptions.Asynchronous });
            if (!stream.CanSeek)
            {
                throw Wrong(path, $"is not a regular file, and it is read more than once. Save the data to a file and name that with {option}.");
            }

            Span<byte> probe = stackalloc byte[ProbeBytes];
            probe = probe[..stream.ReadAtLeast(probe, ProbeBytes, throwOnEndOfStream: false)];
            stream.Position = 0;
            var (encoding, name) = Detect(probe);
            if (probe.Length == 0)
            {
                throw Wrong(path, $"is empty. Name a file that holds a header and rows with {option}.");
            }

            if (encoding is UTF8Encoding && probe.Contains((byte)0))
            {
                throw Wrong(path, "holds zero bytes: it is not text, or it is UTF-16 without a byte order mark. Save it as UTF-8.");
            }

            return new TextInput(path, stream, encoding, name, Decode(probe, encoding));
        }
        catch (Exception error)
        {
            stream?.Dispose();
            throw error switch
            {
                FileNotFoundException or DirectoryNotFoundException => Wrong(path, $"does not exist. Check the path that {option} names.", error),
                UnauthorizedAccessException when Directory.Exists(path) => Wrong(path, $"is a folder. Name a file with {option}.", error),
                IOException or UnauthorizedAccessException => Wrong(path, $"cannot be read. Check its permissions, or name another file with {option}.", error),
                _ => error,
            };
        }
    }

    /// <summary>The error for bytes that do not decode, with the line where that can be told.</summary>
    public QuickStartException BadEncoding(Exception cause) => Wrong(
        _path,
        InvalidUtf8.FindLine(_path) is { } line && Encoding == Utf8Name
            ? $"is not UTF-8: line {ConsoleText.Number(line)} holds bytes of another encoding, perhaps Latin-1 or Windows-1252. Save it as UTF-8; nothing was taken from it."
            : $"begins like {Encoding} but holds characters that are broken. Save it as UTF-8; nothing was taken from it.",
        cause);

    public static QuickStartException Wrong(string path, string what, Exception? cause = null) =>
        new(ExitCodes.Input, $"The file '{ConsoleText.Clean(path)}' {what}", cause);

    public void Dispose()
    {
        Reader.Dispose();
        _stream.Dispose();
    }

    private static string Decode(ReadOnlySpan<byte> start, Encoding encoding)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient.GetString(start[(start.StartsWith(encoding.Preamble) ? encoding.Preamble.Length : 0)..]);
    }

    private static (Encoding Encoding, string Name) Detect(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true), "UTF-32"),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true), "UTF-32 (big endian)"),
        [0xFF, 0xFE, ..] => (new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), "UTF-16"),
        [0xFE, 0xFF, ..] => (new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true), "UTF-16 (big endian)"),
        _ => (new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true), Utf8Name),
    };
}
