using System.Diagnostics;
using System.Text;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>One run of the sample as a process of its own, as its user runs it.</summary>
internal sealed record SampleRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Both streams.</summary>
    public string Everything => Output + Error;

    public static string SampleFolder => Path.Combine(RepositoryRoot, "samples", "QuickStart");

    private static string RepositoryRoot
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Abm.Privacy.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("Abm.Privacy.sln is in no folder above the tests.");
            }

            return folder.FullName;
        }
    }

    /// <summary>Runs the sample in a working folder.</summary>
    public static Task<SampleRun> StartAsync(string workingFolder, params string[] args) => StartAsync(workingFolder, rootKeyPassword: null, args);

    /// <summary>Runs the sample with a root-key password in its environment, or with none.</summary>
    public static async Task<SampleRun> StartAsync(string workingFolder, string? rootKeyPassword, string[] args)
    {
        // …/bin/<configuration>/<framework>/: the sample was built beside the tests in the same configuration
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["QUICKSTART_ROOT_KEY_PASSWORD"] = rootKeyPassword;
        start.ArgumentList.Add(Path.Combine(SampleFolder, "bin", built.Parent!.Name, built.Name, "QuickStart.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new SampleRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The number that a line of the report shows.</summary>
    public int Count(string label)
    {
        var line = Output.Split('\n').Select(line => line.Trim()).First(line => line.StartsWith(label + "  ", StringComparison.Ordinal));
        return int.Parse(line[label.Length..].Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
    }
}
