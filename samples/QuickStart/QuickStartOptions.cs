using Abm.Privacy.Identifiers;
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
          --holds <file>       legal holds as JSON; your own contacts have none unless you name a file
          --policies <folder>  the folder of retention.json (default: the sample's)
          --out <folder>       where result files go (default: quickstart-out)
          --keys <folder>      where the root key, the tenant keys and the receipt signer live (default: quickstart-keys)
          --now <instant>      the campaign day, ISO 8601 (default: now; 2026-11-17T14:00:00Z for the sample's contacts)
          --only <steps>       runs these steps only, by name, separated by commas, and the steps that they need:
                               import, events, protect, verify, find, record, decide, replay, pseudonymize,
                               mask, views, export, log, rotate, retain, forget
          --find <address>     the e-mail address that the find step looks for (default: a stored one)
          --forget <contact>   the id of the contact whom the forget step forgets (default: the last one whom no hold covers)
          --keep-rejected      adds the whole rejected rows to rejected.csv; without it no value of a row is written there
          --help               shows this text

        Exit codes: 0 done, 1 unexpected error, 2 wrong option, 3 unusable input, 4 unwritable output, 5 unusable key or
        policy, 6 stored values were changed, 130 canceled.

        The root key's password is taken from the environment variable QUICKSTART_ROOT_KEY_PASSWORD if it is set.
        """;

    public required string ContactsPath { get; init; }

    /// <summary>Null: there are no consent events, so nobody has consented.</summary>
    public string? EventsPath { get; init; }

    public required string PoliciesFolder { get; init; }

    /// <summary>Null: no legal hold is in force.</summary>
    public string? HoldsPath { get; init; }

    public required string OutFolder { get; init; }

    public required string KeysFolder { get; init; }

    /// <summary>The campaign day; null is the system's clock.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The steps to run; empty is all of them.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The e-mail address to find; null is a stored one.</summary>
    public string? Find { get; init; }

    /// <summary>The id of the contact to forget; null is one of the sample's choice.</summary>
    public string? Forget { get; init; }

    public bool KeepRejected { get; init; }

    public bool ShowHelp { get; init; }

    /// <exception cref="QuickStartException">The command line is wrong.</exception>
    public static QuickStartOptions Parse(IReadOnlyList<string> args)
    {
        var given = CommandLine.Read(
            args,
            valued: ["--contacts", "--events", "--holds", "--policies", "--out", "--keys", "--now", "--only", "--find", "--forget"],
            flags: ["--keep-rejected", "--help"]);
        string? Path(string name) => given.TryGetValue(name, out var path) ? System.IO.Path.GetFullPath(path) : null;
        var bundled = Path("--contacts") is null;
        var data = System.IO.Path.Combine(AppContext.BaseDirectory, "data");
        return new QuickStartOptions
        {
            ContactsPath = Path("--contacts") ?? System.IO.Path.Combine(data, "contacts.csv"),
            EventsPath = Path("--events") ?? (bundled ? System.IO.Path.Combine(data, "consent-events.ndjson") : null),
            PoliciesFolder = Path("--policies") ?? System.IO.Path.Combine(AppContext.BaseDirectory, "policies"),
            HoldsPath = Path("--holds") ?? (bundled ? System.IO.Path.Combine(data, "legal-holds.json") : null),
            OutFolder = Path("--out") ?? System.IO.Path.GetFullPath("quickstart-out"),
            KeysFolder = Path("--keys") ?? System.IO.Path.GetFullPath("quickstart-keys"),
            Now = given.TryGetValue("--now", out var now) ? Instant(now) : bundled ? BundledDay : null,
            Only = given.TryGetValue("--only", out var only) ? only.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [],
            Find = given.TryGetValue("--find", out var find) ? Address(find) : null,
            Forget = given.GetValueOrDefault("--forget"),
            KeepRejected = given.ContainsKey("--keep-rejected"),
            ShowHelp = given.ContainsKey("--help"),
        };
    }

    private static string Address(string text) =>
        EmailAddress.TryParse(text, out var address)
            ? address.Value
            : throw new QuickStartException(ExitCodes.Usage, "The value of --find is not an e-mail address. Write it like jane@example.com.");

    private static DateTimeOffset Instant(string text) =>
        IsoInstant.TryParse(text, out var instant)
            ? instant
            : throw new QuickStartException(ExitCodes.Usage, "The value of --now is not an instant. Write it like 2026-11-17T14:00:00Z.");
}
