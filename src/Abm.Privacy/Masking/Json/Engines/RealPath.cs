namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>Where a path leads when every symbolic link on the way is followed.</summary>
internal static class RealPath
{
    private const int MaxLinks = 64;

    /// <summary>Follows the links of a full path; a part that does not exist leads to itself.</summary>
    /// <exception cref="IOException">The links lead round in a circle.</exception>
    public static string Of(string path)
    {
        var root = Path.GetPathRoot(path) ?? "";
        var (current, rest, links) = (root, new Stack<string>(Parts(path[root.Length..])), 0);
        while (rest.TryPop(out var part))
        {
            var next = Path.Combine(current, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException("The symbolic links of a path lead round in a circle. Name the file itself.");
            }

            var full = Path.GetFullPath(target, current);
            current = Path.GetPathRoot(full) ?? "";
            foreach (var behind in Parts(full[current.Length..]))
            {
                rest.Push(behind);
            }
        }

        return current;
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse();
}
