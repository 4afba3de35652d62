using System.Diagnostics;

namespace Abm.Privacy.Tests.Support;

/// <summary>A process of tests/hosts/Abm.Privacy.TestHost over a folder of keys.</summary>
internal sealed class TestHost : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private TestHost(Process process) => _process = process;

    /// <summary>Starts an operation and waits until its keys are open.</summary>
    public static async Task<TestHost> StartAsync(params string[] arguments)
    {
        // …/bin/<configuration>/<framework>/: the host was built beside the tests in the same configuration
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var assembly = Repository.Path("tests", "hosts", "Abm.Privacy.TestHost", "bin", built.Parent!.Name, built.Name, "Abm.Privacy.TestHost.dll");
        var host = new TestHost(Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        Assert.Equal("ready", await host.ReadLineAsync());
        return host;
    }

    public async Task<string?> ReadLineAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        return await _process.StandardOutput.ReadLineAsync(timeout.Token);
    }

    /// <summary>Lets a waiting operation go on, or a creating one end.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>The lines until the end; fails if the process did.</summary>
    public async Task<List<string>> FinishAsync()
    {
        var lines = new List<string>();
        while (await ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode == 0 && lines is [.., "done"], $"The host ended with {_process.ExitCode} after {lines.LastOrDefault()}.");
        return lines[..^1];
    }

    /// <summary>Ends it with SIGKILL: it does nothing more. Whether it had finished its operation before.</summary>
    public async Task<bool> KillAsync()
    {
        _process.Kill();
        var rest = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return rest.Contains("done", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
