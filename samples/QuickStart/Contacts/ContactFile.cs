using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using QuickStart.Input;

namespace QuickStart.Contacts;

/// <summary>A CSV file of contacts, read row by row: memory does not grow with the file.</summary>
internal sealed class ContactFile : IDisposable
{
    /// <summary>No honest row is longer; an unclosed quote would otherwise swallow the rest of the file into memory.</summary>
    private const int MaxRowBytes = 256 * 1024;

    private readonly string _path;
    private readonly TextInput _input;
    private readonly CsvReader _csv;
    private CsvMalformedReason? _malformed;

    private ContactFile(string path, TextInput input)
    {
        _path = path;
        _input = input;
        _csv = CsvReader.Create(
            input.Reader,
            new CsvReaderOptions
            {
                Separator = ContactHeader.FindDelimiter(input.Start),
                MaxRecordSize = MaxRowBytes,
                TrackLineNumbers = true,
                SkipEmptyLines = false,
                IncludeValuesInExceptions = false,
                OnMalformedRecord = record => _malformed = record.Reason,
            },
            leaveOpen: true);
    }

    public ContactHeader Header { get; private set; } = null!;

    public string Encoding => _input.Encoding;

    public char Delimiter => _csv.Separator;

    public (long Length, DateTime Written) Stamp => _input.Stamp;

    public double Progress => _input.Progress;

    public long BlankLines { get; private set; }

    /// <summary>Opens the file and reads its header.</summary>
    /// <exception cref="QuickStartException">It cannot be read as contacts; the message says why.</exception>
    public static async Task<ContactFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var file = new ContactFile(path, TextInput.Open(path, "--contacts"));
        try
        {
            await file.GuardAsync(async () =>
            {
                await file._csv.ReadHeaderAsync(cancellationToken);
                return true;
            });
            file.Header = ContactHeader.Parse(path, [.. file._csv.Headers]);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public async IAsyncEnumerable<ContactRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken))
        {
            if (IsBlank())
            {
                BlankLines++;
            }
            else
            {
                yield return Current();
            }
        }
    }

    public void Dispose()
    {
        _csv.Dispose();
        _input.Dispose();
    }

    private Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _malformed = null;
        return GuardAsync(() => _csv.ReadAsync(cancellationToken).AsTask());
    }

    private bool IsBlank() => _csv.RawRecord.IndexOfAnyExcept(" \t"u8) < 0;

    private ContactRow Current()
    {
        var lines = _csv.RawRecord.Count((byte)'\n') + 1;
        var extent = lines == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" It extends over {lines} lines.");
        var malformed = _malformed switch
        {
            CsvMalformedReason.UnterminatedQuote => $"A quotation mark in this row is never closed.{extent} Close it, and import the rows that it swallowed again.",
            not null => $"A quotation mark stands where none may stand.{extent} Put the cell in quotation marks and double those inside it.",
            null when _csv.FieldCount != Header.Count => string.Create(CultureInfo.InvariantCulture, $"The row has {_csv.FieldCount} cells and the header has {Header.Count}.{extent} Put cells that hold the delimiter or a line break in quotation marks."),
            _ => null,
        };
        return new ContactRow((int)_csv.LineNumber, malformed is null ? _csv.Current.ToArray() : [], malformed, _csv.Current.ToString());
    }

    private async Task<bool> GuardAsync(Func<Task<bool>> read)
    {
        try
        {
            return await read();
        }
        catch (DecoderFallbackException error)
        {
            throw _input.BadEncoding(error);
        }
        catch (CsvFormatException error)
        {
            throw TextInput.Wrong(_path, $"holds a row of more than {ConsoleText.Number(MaxRowBytes)} bytes that starts on line {ConsoleText.Number(error.LineNumber)}: most likely a quotation mark there is never closed. Mend that row.", error);
        }
        catch (IOException error)
        {
            throw TextInput.Wrong(_path, "could not be read to its end. Check the disk and try again.", error);
        }
    }
}
