namespace QuickStart.Output;

/// <summary>New files that nobody but their owner can read, from their first byte on.</summary>
internal static class OwnerOnlyFile
{
    public static FileStream Create(string path, FileOptions options = FileOptions.None)
    {
        var stream = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = options };
        if (!OperatingSystem.IsWindows())
        {
            stream.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, stream);
    }

    /// <summary>The name under which a file is made before it is whole, in the folder where it will stand.</summary>
    public static string TemporaryNameOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
}
