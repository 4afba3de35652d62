using System.Text;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("abm-privacy-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The files of the results folder, whole or not.</summary>
    public IReadOnlyList<string> Results =>
        Directory.Exists(this["out"]) ? [.. Directory.GetFileSystemEntries(this["out"]).Select(file => System.IO.Path.GetFileName(file)!).Order(StringComparer.Ordinal)] : [];

    public string Write(string name, string text, Encoding? encoding = null)
    {
        File.WriteAllText(this[name], text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
