using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// A suppression list as a file: one JSON object a line (NDJSON, UTF-8), hashes only. It is of use only with the tenant's suppression key. Reading
/// and importing it again changes nothing.
/// </summary>
public static class SuppressionFile
{
    private const int MaxLineLength = 4096;

    /// <summary>Writes entries, one a line.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="entries">The entries, for example of <see cref="IConsentLedger.ExportSuppressionsAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>How many were written.</returns>
    public static async Task<long> WriteAsync(Stream stream, IAsyncEnumerable<SuppressionEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(entries);
        var written = 0L;
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await JsonSerializer.SerializeAsync(stream, entry, LedgerJsonContext.Default.SuppressionEntry, cancellationToken).ConfigureAwait(false);
            stream.WriteByte((byte)'\n');
            written++;
        }

        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        return written;
    }

    /// <summary>Reads entries, one at a time. Empty lines are passed over.</summary>
    /// <param name="stream">Where from; left open.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The entries.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.SuppressionListInvalid"/>: a line is no entry. The message names the line.</exception>
    public static async IAsyncEnumerable<SuppressionEntry> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new StreamReader(stream, StrictUtf8.Encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var (line, number) = (new char[MaxLineLength], 1);
        var length = 0;
        var next = new char[MaxLineLength];
        while (true)
        {
            var read = await ReadBlockAsync(reader, next, number, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < read; i++)
            {
                if (next[i] != '\n')
                {
                    line[length] = length < MaxLineLength - 1 ? next[i] : throw Invalid(number, null);
                    length++;
                    continue;
                }

                if (Parse(line.AsSpan(0, length), number) is { } entry)
                {
                    yield return entry;
                }

                (length, number) = (0, number + 1);
            }

            if (read == 0)
            {
                if (Parse(line.AsSpan(0, length), number) is { } last)
                {
                    yield return last;
                }

                yield break;
            }
        }
    }

    private static async Task<int> ReadBlockAsync(StreamReader reader, char[] buffer, int line, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException error)
        {
            throw Invalid(line, error); // no UTF-8
        }
    }

    private static SuppressionEntry? Parse(ReadOnlySpan<char> line, int number)
    {
        if (line.IsWhiteSpace())
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line, LedgerJsonContext.Default.SuppressionEntry) ?? throw Invalid(number, null);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw Invalid(number, error);
        }
    }

    private static PrivacyException Invalid(int line, Exception? cause) => new(
        PrivacyErrorCode.SuppressionListInvalid,
        string.Create(CultureInfo.InvariantCulture, $"Line {line} of the suppression list is no entry. What stands before it was read; mend the line and import the list again."),
        cause);
}
