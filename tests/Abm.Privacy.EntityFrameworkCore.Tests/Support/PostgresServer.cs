using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Abm.Privacy.Tests.Support;

/// <summary>
/// A PostgreSQL server of its own: a new cluster in the temporary folder, on a free port of the loopback address, behind a
/// random password. It ends with this process, however that ends: a shell between the two waits for the end of its input.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string FolderPrefix = "abm-privacy-pg-";

    // $1 programs, $2 folder, $3 port; the password is the first line of the input, and nothing follows it
    private const string Script =
        """
        set -eu
        umask 077
        trap '' INT HUP
        trap 'exit 1' TERM
        read -r password
        mkdir "$2"
        trap 'rm -rf "$2"' EXIT
        printf '%s' "$password" > "$2/password"
        "$1/initdb" -D "$2/data" -U abm --auth=scram-sha-256 --pwfile="$2/password" -E UTF8 --locale=C --no-sync --no-instructions
        rm "$2/password"
        "$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off \
            -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c max_prepared_transactions=20 &
        server=$!
        (while kill -0 $server 2>/dev/null; do sleep 1; done; kill $$ 2>/dev/null) >/dev/null 2>&1 &
        read -r end || true
        for attempt in 1 2 3 4 5 6 7 8 9 10; do # a server that has just begun is deaf to it
            kill -QUIT $server 2>/dev/null || break
            sleep 0.2
        done
        kill -KILL $server 2>/dev/null || true
        wait $server || true
        """;

    private readonly Process _shell;

    private PostgresServer(Process shell, string folder, NpgsqlConnectionStringBuilder connection)
    {
        _shell = shell;
        Folder = folder;
        ConnectionString = connection.ConnectionString;
    }

    /// <summary>The folder of the cluster's data.</summary>
    public string Folder { get; }

    /// <summary>To the database postgres, as the owner of all.</summary>
    public string ConnectionString { get; }

    /// <param name="programs">The folder of initdb and postgres.</param>
    public static async Task<PostgresServer> StartAsync(string programs)
    {
        RemoveLeftovers();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartOnceAsync(programs);
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                // someone else may have taken the port meanwhile
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        _shell.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _shell.WaitForExitAsync(patience.Token);
        _shell.Dispose();
    }

    private static async Task<PostgresServer> StartOnceAsync(string programs)
    {
        var port = FindFreePort();
        var folder = Path.Combine(
            Environment.IsPrivilegedProcess ? "/tmp" : Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"{FolderPrefix}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));
        var password = RandomNumberGenerator.GetHexString(32);
        var command = PostgresPrograms.Unprivileged(["/bin/sh", "-c", Script, "sh", programs, folder, port.ToString(CultureInfo.InvariantCulture)]);
        var shell = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command.Skip(1))
            {
                WorkingDirectory = "/",
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        var output = new List<string>();
        shell.OutputDataReceived += (_, line) => Keep(output, line.Data);
        shell.ErrorDataReceived += (_, line) => Keep(output, line.Data);
        shell.Start();
        shell.BeginOutputReadLine();
        shell.BeginErrorReadLine();
        await shell.StandardInput.WriteLineAsync(password);
        await shell.StandardInput.FlushAsync();
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = port, Username = "abm", Password = password, Database = "postgres", Timeout = 5, GssEncryptionMode = GssEncryptionMode.Disable,
        };
        await WaitUntilReadyAsync(shell, output, connection.ConnectionString);
        connection.Timeout = 60; // a log-in on a machine that is busy with the tests beside it
        return new PostgresServer(shell, folder, connection);
    }

    private static async Task WaitUntilReadyAsync(Process shell, List<string> output, string connectionString)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!shell.HasExited && started.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException error)
            {
                shell.StandardInput.Close();
                throw new InvalidOperationException("The server did not start: " + string.Join(" | ", Last(output)), error);
            }
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Keep(List<string> output, string? line)
    {
        lock (output)
        {
            output.Add(line ?? "");
        }
    }

    private static string[] Last(List<string> output)
    {
        lock (output)
        {
            return [.. output.TakeLast(12)];
        }
    }

    /// <summary>Clusters of test processes that are gone, whose shell was killed too.</summary>
    private static void RemoveLeftovers()
    {
        var root = Environment.IsPrivilegedProcess ? "/tmp" : Path.GetTempPath();
        foreach (var folder in Directory.EnumerateDirectories(root, FolderPrefix + "*"))
        {
            var owner = Path.GetFileName(folder)[FolderPrefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, CultureInfo.InvariantCulture, out var id) || IsRunning(id, null))
            {
                continue;
            }

            try
            {
                var file = Path.Combine(folder, "data", "postmaster.pid");
                if (File.Exists(file) && int.TryParse(File.ReadLines(file).First(), CultureInfo.InvariantCulture, out var server) && IsRunning(server, "postgres"))
                {
                    using var process = Process.GetProcessById(server);
                    process.Kill();
                }

                Directory.Delete(folder, recursive: true);
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                // another user's, or going away by itself
            }
        }
    }

    private static bool IsRunning(int id, string? name)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return name is null || process.ProcessName == name;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
