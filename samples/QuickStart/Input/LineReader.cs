using System.Runtime.CompilerServices;
using System.Text;

namespace QuickStart.Input;

/// <summary>The lines of a text file, none longer than a limit, so that memory stays flat whatever the file holds.</summary>
internal static class LineReader
{
    private const int UsualLimit = 64 * 1024;

    /// <returns>Line numbers from 1 and texts without line ends; blank lines are left out; the text is null if the line is too long.</returns>
    /// <exception cref="QuickStartException">The file is not text in its encoding.</exception>
    public static async IAsyncEnumerable<(int Line, string? Text)> ReadAsync(
        TextInput input, int maxCharacters = UsualLimit, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var buffer = new char[16 * 1024];
        var text = new StringBuilder();
        var (line, tooLong) = (1, false);
        int read;
        while ((read = await FillAsync(input, buffer, cancellationToken)) > 0)
        {
            for (var start = 0; start < read;)
            {
                var end = Array.IndexOf(buffer, '\n', start, read - start);
                var stop = end < 0 ? read : end;
                tooLong |= text.Length + stop - start > maxCharacters;
                text.Append(buffer, start, tooLong ? 0 : stop - start);
                start = stop + 1;
                if (end >= 0)
                {
                    if (tooLong || !IsBlank(text))
                    {
                        yield return (line, tooLong ? null : text.ToString());
                    }

                    text.Clear();
                    (line, tooLong) = (line + 1, false);
                }
            }
        }

        if (tooLong || !IsBlank(text))
        {
            yield return (line, tooLong ? null : text.ToString());
        }
    }

    private static bool IsBlank(StringBuilder text) => string.IsNullOrWhiteSpace(text.ToString());

    private static async Task<int> FillAsync(TextInput input, char[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await input.Reader.ReadAsync(buffer, cancellationToken);
        }
        catch (DecoderFallbackException error)
        {
            throw input.BadEncoding(error);
        }
    }
}
