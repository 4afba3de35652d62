using System.IO.Pipelines;
using System.Text;
using Abm.Privacy.Masking.Json.Engines;

namespace Abm.Privacy.Masking.Json;

/// <summary>
/// Masks NDJSON: one JSON document a line, by the rules of a <see cref="JsonMasker"/>. Memory is bounded by the longest line
/// that the options allow. Got from <see cref="JsonMasker.Lines"/>; safe for concurrent use.
/// </summary>
/// <remarks>
/// Lines end with a line feed, perhaps after a carriage return; the last one need not. Blank lines are passed on. A byte order
/// mark stands in front of the first line only. A line that
/// is not well formed is an error that names the line, or becomes <see cref="JsonMaskingOptions.BrokenLineMarker"/>; it is
/// never passed on. What was written before an error is whole masked lines.
/// </remarks>
public sealed class JsonLinesMasker
{
    private const int ReadLength = 256 * 1024;

    private readonly JsonMasker _masker;
    private readonly byte[]? _marker;

    internal JsonLinesMasker(JsonMasker masker, string? marker) =>
        (_masker, _marker) = (masker, marker is null ? null : Encoding.UTF8.GetBytes(marker));

    /// <summary>Masks the lines of a pipe. Neither end is completed.</summary>
    /// <param name="reader">NDJSON in UTF-8, to the end of the pipe.</param>
    /// <param name="writer">Receives the masked lines.</param>
    /// <param name="progress">Is told about once a megabyte, and at the end.</param>
    /// <param name="cancellationToken">Cancels reading and writing.</param>
    /// <returns>What was masked.</returns>
    /// <exception cref="JsonMaskingException">A line cannot be masked, and there is no marker for such lines.</exception>
    /// <exception cref="IOException">Whoever reads the output has stopped reading.</exception>
    public Task<JsonLinesProgress> MaskAsync(
        PipeReader reader, PipeWriter writer, IProgress<JsonLinesProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(writer);
        return RunAsync(reader, writer, null, progress, cancellationToken);
    }

    /// <summary>Masks the lines of a stream. Neither stream is closed.</summary>
    /// <param name="source">NDJSON in UTF-8.</param>
    /// <param name="destination">Receives the masked lines.</param>
    /// <param name="progress">Is told about once a megabyte, and at the end.</param>
    /// <param name="cancellationToken">Cancels reading and writing.</param>
    /// <returns>What was masked.</returns>
    /// <exception cref="JsonMaskingException">A line cannot be masked, and there is no marker for such lines.</exception>
    public Task<JsonLinesProgress> MaskAsync(
        Stream source, Stream destination, IProgress<JsonLinesProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        return RunAsync(source, destination, progress, cancellationToken);
    }

    /// <summary>
    /// Masks the lines of a file into another file. The target comes to be in one step when all lines are masked: after an
    /// error or a crash it is what it was before.
    /// </summary>
    /// <param name="sourcePath">A file of NDJSON in UTF-8.</param>
    /// <param name="targetPath">The file to write; it is replaced if it exists. Of a symbolic link it is the file that it leads to.</param>
    /// <param name="progress">Is told about once a megabyte, and at the end.</param>
    /// <param name="cancellationToken">Cancels reading and writing; the target then stays what it was.</param>
    /// <returns>What was masked.</returns>
    /// <exception cref="ArgumentException">Both paths are the same file, perhaps by symbolic links; nothing was touched.</exception>
    /// <exception cref="JsonMaskingException">A line cannot be masked, and there is no marker for such lines.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public async Task<JsonLinesProgress> MaskFileAsync(
        string sourcePath, string targetPath, IProgress<JsonLinesProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourcePath);
        ArgumentException.ThrowIfNullOrEmpty(targetPath);
        var source = Path.GetFullPath(sourcePath);
        var target = RealPath.Of(Path.GetFullPath(targetPath));
        if (string.Equals(RealPath.Of(source), target, OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        {
            throw new ArgumentException("The target is the source. Name another file.", nameof(targetPath));
        }

        JsonLinesProgress done;
        using var output = new ReplacedFile(target, source);
        var input = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (input.ConfigureAwait(false))
        {
            done = await RunAsync(input, output.Stream, progress, cancellationToken).ConfigureAwait(false);
        }

        output.Commit();
        return done;
    }

    private async Task<JsonLinesProgress> RunAsync(Stream source, Stream destination, IProgress<JsonLinesProgress>? progress, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(bufferSize: ReadLength, leaveOpen: true));
        var writer = PipeWriter.Create(destination, new StreamPipeWriterOptions(minimumBufferSize: ReadLength, leaveOpen: true));
        Exception? failure = null;
        try
        {
            return await RunAsync(reader, writer, source.CanSeek ? source.Length - source.Position : null, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failure = error;
            throw;
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
            await writer.CompleteAsync(failure).ConfigureAwait(false);
        }
    }

    private async Task<JsonLinesProgress> RunAsync(
        PipeReader reader, PipeWriter writer, long? total, IProgress<JsonLinesProgress>? progress, CancellationToken cancellationToken)
    {
        using var lines = new JsonLines(_masker, _marker, total);
        var reported = 0L;
        while (await lines.ReadAsync(reader, cancellationToken).ConfigureAwait(false))
        {
            lines.MaskWhole(writer);
            await FlushAsync(writer, cancellationToken).ConfigureAwait(false);
            if (lines.Progress.BytesRead - reported >= JsonLines.ReportedBytes)
            {
                reported = lines.Progress.BytesRead;
                progress?.Report(lines.Progress);
            }
        }

        lines.MaskWhole(writer);
        lines.MaskLast(writer);
        await FlushAsync(writer, cancellationToken).ConfigureAwait(false);
        progress?.Report(lines.Progress);
        return lines.Progress;
    }

    private static async ValueTask FlushAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        var result = await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (result.IsCompleted)
        {
            throw new IOException("Whoever reads the masked lines has stopped reading.");
        }
    }
}
