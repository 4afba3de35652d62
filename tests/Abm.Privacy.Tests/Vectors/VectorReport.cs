using System.Globalization;

namespace Abm.Privacy.Tests.Vectors;

/// <summary>
/// Counts the cases of one published-vector suite. The totals are appended to the file that the environment variable
/// ABM_PRIVACY_VECTOR_REPORT names, one line a suite, and the test script prints them.
/// </summary>
internal sealed class VectorReport(string suite)
{
    private static readonly Lock FileLock = new();
    private readonly List<string> _disagreeing = [];
    private int _run;

    /// <summary>The folder of published vectors, or null when there is none on this machine.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable("ABM_PRIVACY_VECTORS") is { Length: > 0 } folder ? folder : null;

    public void Case(string name, bool agrees)
    {
        _run++;
        if (!agrees)
        {
            _disagreeing.Add(name);
        }
    }

    /// <summary>Adds a line to the report.</summary>
    public static void Write(string line)
    {
        if (Environment.GetEnvironmentVariable("ABM_PRIVACY_VECTOR_REPORT") is { Length: > 0 } path)
        {
            lock (FileLock)
            {
                File.AppendAllText(path, line + "\n");
            }
        }
    }

    /// <summary>Writes the line and fails if no case ran or one disagrees.</summary>
    public void Finish()
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"vectors: {suite} {_run} run, {_run - _disagreeing.Count} agree");
        Write(line);
        Assert.True(_run > 0, $"{suite}: no case ran");
        Assert.True(_disagreeing.Count == 0, $"{suite}: {string.Join(", ", _disagreeing)}");
    }
}
