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

    /// <summary>Copies the results and keys of another folder, to change them without harm to it.</summary>
    public TemporaryFolder WithCopyOf(TemporaryFolder other)
    {
        foreach (var name in new[] { "out", "keys" })
        {
            Directory.CreateDirectory(this[name]);
            foreach (var file in Directory.GetFiles(other[name]))
            {
                File.Copy(file, System.IO.Path.Combine(this[name], System.IO.Path.GetFileName(file)));
            }
        }

        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
