namespace QuickStart.Output;

/// <summary>The folder of the result files.</summary>
internal sealed class OutputFolder
{
    private OutputFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes the folder if it is missing, and proves that files can be written before any work is done.</summary>
    /// <exception cref="QuickStartException">The folder cannot be made or written.</exception>
    public static OutputFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = System.IO.Path.Combine(path, $".{Guid.NewGuid():N}.tmp");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return new OutputFolder(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, error);
        }
    }

    /// <summary>A file that gets its name when it is committed.</summary>
    /// <exception cref="QuickStartException">The file cannot be made.</exception>
    public AtomicFile Create(string name)
    {
        try
        {
            return new AtomicFile(System.IO.Path.Combine(Path, name));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(Path, error);
        }
    }

    private static QuickStartException Unwritable(string path, Exception error) => new(
        ExitCodes.Output,
        $"The output folder '{ConsoleText.Clean(path)}' cannot be written. Name a folder that you may write to with --out, and check that the disk is not full.",
        error);
}
