namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>A file that is written under another name beside its place and takes its place in one step.</summary>
internal sealed class ReplacedFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private bool _isCommitted;

    /// <param name="target">The full path of the file to come.</param>
    /// <param name="model">The file whose rights the new one gets: what is not masked is as confidential as before.</param>
    public ReplacedFile(string target, string model)
    {
        _target = target;
        _temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.GetUnixFileMode(model) | UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        Stream = new FileStream(_temporary, options);
    }

    public FileStream Stream { get; }

    /// <summary>Writes through to the device and puts the file into its place.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _target, overwrite: true);
        _isCommitted = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_isCommitted)
        {
            File.Delete(_temporary);
        }
    }
}
