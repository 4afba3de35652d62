using QuickStart.Input;

namespace QuickStart;

/// <summary>What the command line asks for.</summary>
internal sealed record QuickStartOptions
{
    /// <summary>The day for which the bundled data was made.</summary>
    private static readonly DateTimeOffset BundledDay = new(2026, 11, 17, 14, 0, 0, TimeSpan.Zero);

    public const string Help = """
        Runs one campaign day: imports contacts, checks their consent events, and goes on through every privacy step.

          dotnet run --project samples/QuickStart [-- <options>]

          --contacts <file>    a CSV of your own instead of the sample's (columns: samples/QuickStart/data/README.md)
          --events <file>      consent events, one JSON object a line; your own contacts have none unless you name a file
          --policies <folder>  the folder of consent.json and retention.json (default: the sample's)
          --out <folder>       where result files go (default: quickstart-out)
          --keys <folder>      where the root key and the key store live (default: quickstart-keys)
          --now <instant>      the campaign day, ISO 8601 (default: now; 2026-11-17T14:00:00Z for the sample's contacts)
          --only <steps>       runs these steps only, by name, separated by commas
          --keep-rejected      adds the whole rejected rows to rejected.csv; without it no value of a row is written there
          --help               shows this text

        Exit codes: 0 done, 1 unexpected error, 2 wrong option, 3 unusable input, 4 unwritable output, 5 unusable key or
        policy, 130 canceled.
        """;

    public required string ContactsPath { get; init; }

    /// <summary>Null: there are no consent events, so nobody has consented.</summary>
    public string? EventsPath { get; init; }

    public required string PoliciesFolder { get; init; }

    public required string HoldsPath { get; init; }

    public required string OutFolder { get; init; }

    public required string KeysFolder { get; init; }

    /// <summary>The campaign day; null is the system's clock.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The steps to run; empty is all of them.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public bool KeepRejected { get; init; }

    public bool ShowHelp { get; init; }

    /// <exception cref="QuickStartException">The command line is wrong.</exception>
    public static QuickStartOptions Parse(IReadOnlyList<string> args)
    {
        var given = CommandLine.Read(
            args,
            valued: ["--contacts", "--events", "--policies", "--out", "--keys", "--now", "--only"],
            flags: ["--keep-rejected", "--help"]);
        string? Path(string name) => given.TryGetValue(name, out var path) ? System.IO.Path.GetFullPath(path) : null;
        var bundled = Path("--contacts") is null;
        var data = System.IO.Path.Combine(AppContext.BaseDirectory, "data");
        return new QuickStartOptions
        {
            ContactsPath = Path("--contacts") ?? System.IO.Path.Combine(data, "contacts.csv"),
            EventsPath = Path("--events") ?? (bundled ? System.IO.Path.Combine(data, "consent-events.ndjson") : null),
            PoliciesFolder = Path("--policies") ?? System.IO.Path.Combine(AppContext.BaseDirectory, "policies"),
            HoldsPath = System.IO.Path.Combine(data, "legal-holds.json"),
            OutFolder = Path("--out") ?? System.IO.Path.GetFullPath("quickstart-out"),
            KeysFolder = Path("--keys") ?? System.IO.Path.GetFullPath("quickstart-keys"),
            Now = given.TryGetValue("--now", out var now) ? Instant(now) : bundled ? BundledDay : null,
            Only = given.TryGetValue("--only", out var only) ? only.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [],
            KeepRejected = given.ContainsKey("--keep-rejected"),
            ShowHelp = given.ContainsKey("--help"),
        };
    }

    private static DateTimeOffset Instant(string text) =>
        IsoInstant.TryParse(text, out var instant)
            ? instant
            : throw new QuickStartException(ExitCodes.Usage, "The value of --now is not an instant. Write it like 2026-11-17T14:00:00Z.");
}
