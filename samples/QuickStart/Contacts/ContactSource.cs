using System.Runtime.CompilerServices;
using QuickStart.Input;

namespace QuickStart.Contacts;

/// <summary>
/// The contacts of the file as a stream that every step reads anew, so that memory stays flat whatever the file's size.
/// Until the import has run it gives every valid row; afterwards duplicates and rejected rows are left out and merged
/// rows completed.
/// </summary>
internal sealed class ContactSource(string path)
{
    private (long, DateTime)? _stamp;

    public string Path { get; } = path;

    public ImportVerdicts Verdicts { get; set; } = new();

    /// <summary>Opens the file for a pass of one's own.</summary>
    /// <exception cref="QuickStartException">The file cannot be read as contacts, or it changed since the first pass.</exception>
    public async Task<ContactFile> OpenAsync(CancellationToken cancellationToken)
    {
        var file = await ContactFile.OpenAsync(Path, cancellationToken);
        _stamp ??= file.Stamp;
        if (_stamp == file.Stamp)
        {
            return file;
        }

        file.Dispose();
        throw TextInput.Wrong(Path, "changed while it was being read. Run again when nothing writes to it.");
    }

    public async IAsyncEnumerable<Contact> ReadAsync(IProgress<double>? progress = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var file = await OpenAsync(cancellationToken);
        var parser = new ContactParser(file.Header);
        await foreach (var row in file.RowsAsync(cancellationToken))
        {
            progress?.Report(file.Progress);
            if (!Verdicts.IsLeftOut(row.Line) && parser.Parse(row) is { } contact)
            {
                yield return Verdicts.Complete(contact);
            }
        }
    }
}
