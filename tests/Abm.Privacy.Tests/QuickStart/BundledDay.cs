namespace Abm.Privacy.Tests.QuickStart;

/// <summary>Two runs on the bundled data with the same output and key folders, shared by the tests that look at them.</summary>
public sealed class BundledDay : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal SampleRun First { get; private set; } = null!;

    internal SampleRun Second { get; private set; } = null!;

    /// <summary>The result files of the first run by name.</summary>
    public IReadOnlyDictionary<string, string> FirstFiles { get; private set; } = null!;

    /// <summary>The rows of contacts after the first run.</summary>
    public int FirstRows { get; private set; }

    /// <summary>The events of the consent ledger after the first run, and after the second.</summary>
    public IReadOnlyList<long> LedgerEvents { get; private set; } = [];

    /// <summary>The result files of the second run by name.</summary>
    public IReadOnlyDictionary<string, string> SecondFiles { get; private set; } = null!;

    /// <summary>The contacts of the test database that each run made: id, name, e-mail address, phone number, account, note.</summary>
    public IReadOnlyList<IReadOnlyList<string>> TestContacts { get; private set; } = [];

    /// <summary>The activities of the test database that do not have their contact's address; after the first run.</summary>
    public long LostActivities { get; private set; }

    /// <summary>The key folder after both runs: file names and modes.</summary>
    public IReadOnlyDictionary<string, UnixFileMode> KeyFiles { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        First = await RunAsync();
        FirstFiles = Files();
        FirstRows = new StoredDatabase(_folder).Rows().Count;
        var events = CountEvents();
        var copied = TestContactsNow();
        LostActivities = new StoredDatabase(_folder, "test-data.db").Number("SELECT COUNT(*) FROM activities a LEFT JOIN contacts c ON c.Id = a.ContactId AND c.Email = a.Email WHERE c.Id IS NULL");
        Second = await RunAsync();
        LedgerEvents = [events, CountEvents()];
        TestContacts = [copied, TestContactsNow()];
        SecondFiles = Files();
        KeyFiles = OperatingSystem.IsWindows()
            ? new Dictionary<string, UnixFileMode>()
            : Directory.GetFiles(_folder["keys"]).ToDictionary(file => Path.GetFileName(file), File.GetUnixFileMode);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private List<string> TestContactsNow() => new StoredDatabase(_folder, "test-data.db").Lines("SELECT Id, Name, Email, Phone, AccountId, Note FROM contacts");

    private long CountEvents() => new StoredDatabase(_folder).Number("SELECT COUNT(*) FROM abm_ledger_events");

    private Task<SampleRun> RunAsync() => SampleRun.StartAsync(_folder.Path, "--out", _folder["out"], "--keys", _folder["keys"]);

    private Dictionary<string, string> Files() => _folder.Results.Where(name => File.Exists(_folder[$"out/{name}"])).ToDictionary(name => name, name => File.ReadAllText(_folder[$"out/{name}"]));
}
