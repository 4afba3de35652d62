namespace Abm.Privacy;

/// <summary>Reads the file of a policy or schedule, with the file system's errors turned into a fault that says what to do.</summary>
internal static class DocumentFile
{
    /// <param name="path">A relative path is looked for in the current directory, then beside the application.</param>
    /// <param name="code">Which kind of document it is.</param>
    public static byte[] Read(string path, PrivacyErrorCode code)
    {
        try
        {
            using var stream = new FileStream(Locate(path, AppContext.BaseDirectory), FileMode.Open, FileAccess.Read, FileShare.Read);
            LocatedJson.ThrowIfTooLarge(stream.Length, code, path);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            var places = $"'{Environment.CurrentDirectory}' and '{AppContext.BaseDirectory}'";
            throw Fault("The file does not exist.", $"Check the path; a relative one is looked for in {places}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Fault(
                "The file cannot be read.",
                "Check that it is a file, that this process may read it and that nothing else has it open for writing.");
        }

        InvalidDocumentException Fault(string problem, string mend) => new(code, path, [new DocumentFault("", 1, problem, mend)]);
    }

    /// <summary>The path as it stands, or beside the application if only that file is there.</summary>
    internal static string Locate(string path, string applicationFolder)
    {
        var beside = Path.Combine(applicationFolder, path);
        return !Path.IsPathRooted(path) && !File.Exists(path) && File.Exists(beside) ? beside : path;
    }
}
