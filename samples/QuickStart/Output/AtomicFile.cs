namespace QuickStart.Output;

/// <summary>
/// A file that appears under its name only when it is whole: it is written beside it under another name and renamed by
/// <see cref="CommitAsync"/>. Disposed without that, it is gone. Readable by its owner alone.
/// </summary>
internal sealed class AtomicFile : IAsyncDisposable
{
    private readonly string _temporary;
    private FileStream? _stream;

    public AtomicFile(string path)
    {
        Path = path;
        _temporary = OwnerOnlyFile.TemporaryNameOf(path);
        _stream = OwnerOnlyFile.Create(_temporary, FileOptions.Asynchronous);
    }

    public string Path { get; }

    public Stream Stream => _stream ?? throw new InvalidOperationException("The file is already committed.");

    /// <summary>Puts the bytes on the disk and gives the file its name, replacing an older one.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await Stream.FlushAsync(cancellationToken);
        _stream!.Flush(flushToDisk: true);
        await _stream.DisposeAsync();
        File.Move(_temporary, Path, overwrite: true);
        _stream = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is { } unfinished)
        {
            _stream = null;
            await unfinished.DisposeAsync();
            File.Delete(_temporary);
        }
    }
}
