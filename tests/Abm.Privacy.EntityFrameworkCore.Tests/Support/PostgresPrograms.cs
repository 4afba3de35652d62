using System.Globalization;

namespace Abm.Privacy.Tests.Support;

/// <summary>Where PostgreSQL's own programs are, and as whom they run: the server refuses to run as root.</summary>
internal static class PostgresPrograms
{
    private static readonly string[] UnprivilegedUsers = ["postgres", "nobody"];

    /// <summary>The newest folder that holds initdb and postgres; null if there is none.</summary>
    public static string? FindFolder() => FindFolder("initdb", "postgres");

    /// <summary>The newest folder that holds all of these programs; null if there is none.</summary>
    public static string? FindFolder(params string[] programs) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(InstalledVersions())
        .FirstOrDefault(folder => folder.Length > 0 && programs.All(program => IsFile(Path.Combine(folder, program))));

    /// <summary>The command, preceded by what makes it run as an unprivileged user if this process is root's.</summary>
    public static IReadOnlyList<string> Unprivileged(IReadOnlyList<string> command)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return command;
        }

        var users = File.ReadAllLines("/etc/passwd").Select(line => line.Split(':')).ToList();
        var user = UnprivilegedUsers.Select(name => users.Find(parts => parts[0] == name)).FirstOrDefault(parts => parts is not null)
            ?? throw new InvalidOperationException("There is no user postgres or nobody that the server could run as.");
        return ["setpriv", "--reuid", user[2], "--regid", user[3], "--clear-groups", "--", .. command];
    }

    /// <summary>A link to nothing exists, too, but is no program.</summary>
    private static bool IsFile(string path) => File.Exists(path) && (File.ResolveLinkTarget(path, returnFinalTarget: true)?.Exists ?? true);

    private static IEnumerable<string> InstalledVersions()
    {
        const string Root = "/usr/lib/postgresql";
        return Directory.Exists(Root)
            ? Directory.EnumerateDirectories(Root)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
    }
}
