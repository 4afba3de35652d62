namespace QuickStart;

/// <summary>Reads <c>--name value</c>, <c>--name=value</c> and <c>--flag</c>.</summary>
internal static class CommandLine
{
    /// <exception cref="QuickStartException">An option is unknown, given twice, or lacks its value.</exception>
    public static Dictionary<string, string> Read(IReadOnlyList<string> args, string[] valued, string[] flags)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? args[i][..equals] : args[i];
            var value = equals > 0 ? args[i][(equals + 1)..] : null;
            if (valued.Contains(name))
            {
                value ??= i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[++i] : "";
                if (value.Length == 0)
                {
                    throw Wrong($"The option {name} needs a value.");
                }
            }
            else if (!flags.Contains(name))
            {
                throw Wrong($"There is no option '{ConsoleText.Clean(name)}'.");
            }
            else if (value is not null)
            {
                throw Wrong($"The option {name} takes no value.");
            }

            if (!given.TryAdd(name, value ?? ""))
            {
                throw Wrong($"The option {name} is given twice.");
            }
        }

        return given;
    }

    private static QuickStartException Wrong(string what) =>
        new(ExitCodes.Usage, $"{what} Run with --help to see the options.");
}
