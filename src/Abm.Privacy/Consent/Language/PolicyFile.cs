namespace Abm.Privacy.Consent.Language;

/// <summary>Reads a policy's file, with the file system's errors turned into a fault that says what to do.</summary>
internal static class PolicyFile
{
    public static byte[] Read(string path)
    {
        try
        {
            var beside = Path.Combine(AppContext.BaseDirectory, path);
            var found = !Path.IsPathRooted(path) && !File.Exists(path) && File.Exists(beside) ? beside : path;
            using var stream = new FileStream(found, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > ConsentPolicy.MaxDocumentBytes)
            {
                throw Fault(path, $"The file is larger than {ConsentPolicy.MaxDocumentBytes} bytes.", "Split it into several policy files.");
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            var places = $"'{Environment.CurrentDirectory}' and '{AppContext.BaseDirectory}'";
            throw Fault(path, "The file does not exist.", $"Check the path; a relative one is looked for in {places}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Fault(
                path,
                "The file cannot be read.",
                "Check that it is a file, that this process may read it and that nothing else has it open for writing.");
        }
    }

    private static InvalidDocumentException Fault(string path, string problem, string mend) =>
        new(PrivacyErrorCode.PolicyInvalid, path, [new DocumentFault("", 1, problem, mend)]);
}
