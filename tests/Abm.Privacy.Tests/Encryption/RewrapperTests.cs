using System.Text;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Encryption;

public sealed partial class RewrapperTests : IDisposable
{
    private readonly InMemoryDataKeyStore _dataKeys = new();
    private readonly KeyRing _ring;
    private readonly FieldEncryptor _encryptor;
    private readonly Rewrapper _rewrapper;
    private readonly MemoryRewrapSource _source = new(TestKeys.Tenant);

    public RewrapperTests()
    {
        _ring = TestKeys.Ring(_dataKeys, options: new KeyRingOptions { CacheLifetime = TimeSpan.Zero });
        _encryptor = new FieldEncryptor(_ring);
        _rewrapper = new Rewrapper(_ring, _encryptor, TimeProvider.System);
    }

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task Every_envelope_under_an_older_key_moves_under_the_active_one()
    {
        await FillAsync(25);
        await RotateAllAsync();

        var report = await _rewrapper.RewrapAsync(_source, new RewrapSettings { PageSize = 10 });

        Assert.Equal(new RewrapReport(25, 25, 25, 25, 0, 0, 0, "24", true), report);
        await AssertAllReadAsync();
        Assert.Equal(0, (await _rewrapper.RewrapAsync(_source)).Stale);
    }

    [Fact]
    public async Task A_dry_run_counts_and_writes_nothing()
    {
        await FillAsync(5);
        await RotateAllAsync();
        var before = _source.Rows.Select(row => row.Stored).ToList();

        var report = await _rewrapper.RewrapAsync(_source, new RewrapSettings { DryRun = true });

        Assert.Equal((5, 0), (report.Stale, report.Rewrapped));
        Assert.Equal(0, _source.Writes);
        Assert.Equal(before, _source.Rows.Select(row => row.Stored));
    }

    [Fact]
    public async Task What_is_up_to_date_is_not_written()
    {
        await FillAsync(5);

        var report = await _rewrapper.RewrapAsync(_source);

        Assert.Equal((5, 0, 0), (report.Fields, report.Stale, report.Rewrapped));
        Assert.Equal(0, _source.Writes);
    }

    [Fact]
    public async Task A_value_that_somebody_else_changed_meanwhile_is_left_alone()
    {
        await FillAsync(3);
        await RotateAllAsync();
        var theirs = await EncryptAsync(1, "theirs");
        _source.BeforeWrite = () => _source.Set(1, theirs);

        var report = await _rewrapper.RewrapAsync(_source);

        Assert.Equal((2, 1), (report.Rewrapped, report.Conflicts));
        Assert.Same(theirs, _source.Rows[1].Stored);
    }

    [Fact]
    public async Task A_cancelled_run_ends_after_its_page_and_goes_on_from_its_cursor()
    {
        await FillAsync(30);
        await RotateAllAsync();
        using var stop = new CancellationTokenSource();
        var progress = new Inline(_ => stop.Cancel());

        var first = await _rewrapper.RewrapAsync(_source, new RewrapSettings { PageSize = 10 }, progress, stop.Token);
        var second = await _rewrapper.RewrapAsync(_source, new RewrapSettings { PageSize = 10, StartAfter = first.Cursor });

        Assert.Equal((10, "9", false), (first.Rewrapped, first.Cursor, first.IsComplete));
        Assert.Equal((20, true), (second.Rewrapped, second.IsComplete));
        await AssertAllReadAsync();
    }

    [Fact]
    public async Task A_cancellation_ends_a_pause_without_an_error()
    {
        await FillAsync(2);
        using var stop = new CancellationTokenSource();

        var report = await _rewrapper.RewrapAsync(
            _source, new RewrapSettings { PageSize = 1, Pause = TimeSpan.FromHours(1) }, new Inline(_ => stop.Cancel()), stop.Token);

        Assert.Equal((1, false), (report.Records, report.IsComplete));
    }

    [Fact]
    public async Task A_damaged_value_is_counted_and_left_as_it_is_and_the_others_go_on()
    {
        await FillAsync(3);
        await RotateAllAsync();
        var damaged = _source.Rows[0].Stored.ToArray();
        damaged[^1] ^= 1;
        _source.Set(0, damaged);

        var report = await _rewrapper.RewrapAsync(_source);

        Assert.Equal((2, 1), (report.Rewrapped, report.Failed));
        Assert.Equal([new RewrapFailure("0", "email", PrivacyErrorCode.DecryptionFailed)], report.Failures);
        Assert.Same(damaged, _source.Rows[0].Stored);
    }

    [Fact]
    public async Task Values_of_a_forgotten_subject_are_counted_apart()
    {
        await FillAsync(3);
        await RotateAllAsync();
        await _ring.DestroySubjectsAsync(TestKeys.Tenant, [Subject(1)]);

        var report = await _rewrapper.RewrapAsync(_source);

        Assert.Equal((2, 1, 0), (report.Rewrapped, report.Erased, report.Failed));
    }

    [Fact]
    public async Task Clear_columns_are_imported_once_and_never_read_by_decryption()
    {
        for (var row = 0; row < 3; row++)
        {
            _source.Add(Subject(row), Context(row), Encoding.UTF8.GetBytes($"value {row}"));
        }

        var refused = await _rewrapper.RewrapAsync(_source);
        var imported = await _rewrapper.ImportAsync(_source, ImportReader.Plaintext());
        var again = await _rewrapper.ImportAsync(_source, ImportReader.Plaintext());

        Assert.Equal((3, 0), (refused.Failed, refused.Rewrapped));
        Assert.Equal(3, imported.Rewrapped);
        Assert.Equal(0, again.Stale);
        await AssertAllReadAsync();
    }

    [Fact]
    public async Task Payloads_of_another_protection_are_imported_through_a_delegate()
    {
        _source.Add(Subject(0), Context(0), [.. "other:"u8, .. "value 0"u8]);
        _source.Add(Subject(1), Context(1), [.. "broken"u8]);
        var reader = ImportReader.From((stored, _) => stored.Span.StartsWith("other:"u8)
            ? ValueTask.FromResult(stored["other:".Length..].ToArray())
            : throw new System.Security.Cryptography.CryptographicException("not a payload"));

        var report = await _rewrapper.ImportAsync(_source, reader);

        Assert.Equal((1, 1), (report.Rewrapped, report.Failed));
        Assert.Equal("value 0", await _encryptor.DecryptTextAsync(Subject(0), Context(0), _source.Rows[0].Stored));
    }

    [Fact]
    public async Task The_first_hundred_failures_are_listed_and_all_are_counted()
    {
        const int Rows = RewrapReport.MaxFailures + 30;
        for (var row = 0; row < Rows; row++)
        {
            _source.Add(Subject(row), Context(row), "clear"u8.ToArray());
        }

        var report = await _rewrapper.RewrapAsync(_source, new RewrapSettings { PageSize = 40 });

        Assert.Equal(Rows, report.Failed);
        Assert.Equal(
            Enumerable.Range(0, RewrapReport.MaxFailures).Select(row => new RewrapFailure($"{row}", "email", PrivacyErrorCode.FormatUnknown)), report.Failures);
    }

    public static TheoryData<Exception> Passing() => [new IOException("gone"), new TimeoutException(), new OperationCanceledException(), new InvalidOperationException()];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_passing_error_of_an_import_ends_it_and_it_goes_on_from_its_cursor(Exception passing)
    {
        for (var row = 0; row < 6; row++)
        {
            _source.Add(Subject(row), Context(row), Encoding.UTF8.GetBytes($"value {row}"));
        }

        var isAway = true;
        var reader = ImportReader.From((stored, _) => isAway && stored.Span.SequenceEqual("value 3"u8)
            ? throw passing
            : ValueTask.FromResult(stored.ToArray()));
        var last = new RewrapReport(0, 0, 0, 0, 0, 0, 0, null, false);
        var error = await Assert.ThrowsAnyAsync<Exception>(
            async () => await _rewrapper.ImportAsync(_source, reader, new RewrapSettings { PageSize = 2 }, new Inline(report => last = report)));
        Assert.Same(passing, error);
        Assert.Equal(("1", 2, 0), (last.Cursor, last.Rewrapped, last.Failed));

        isAway = false;
        var rest = await _rewrapper.ImportAsync(_source, reader, new RewrapSettings { StartAfter = last.Cursor });

        Assert.Equal((4, 0, true), (rest.Rewrapped, rest.Failed, rest.IsComplete));
        await AssertAllReadAsync();
    }

    [Fact]
    public async Task A_padded_value_stays_as_long_as_it_was()
    {
        var padded = await _encryptor.EncryptTextAsync(Subject(0), Context(0), "yes", Padding.ToMultipleOf(64));
        _source.Add(Subject(0), Context(0), padded);
        await RotateAllAsync();

        await _rewrapper.RewrapAsync(_source);

        Assert.NotEqual(padded, _source.Rows[0].Stored);
        Assert.Equal(padded.Length, _source.Rows[0].Stored.Length);
        Assert.Equal("yes", await _encryptor.DecryptTextAsync(Subject(0), Context(0), _source.Rows[0].Stored));
    }

    [Fact]
    public async Task An_import_never_takes_an_envelope_for_a_clear_value()
    {
        await FillAsync(1);
        var before = _source.Rows[0].Stored;
        _source.AllStale = true;

        var imported = await _rewrapper.ImportAsync(_source, ImportReader.Plaintext());
        var rewrapped = await _rewrapper.RewrapAsync(_source);

        Assert.Equal((0, 1), (imported.Rewrapped, rewrapped.Rewrapped)); // a rewrap does renew a field whose derived column is old
        Assert.NotEqual(before, _source.Rows[0].Stored);
        await AssertAllReadAsync();
    }

    [Fact]
    public async Task A_store_that_fails_is_a_typed_error_and_the_run_may_be_repeated()
    {
        await FillAsync(4);
        await RotateAllAsync();
        using var ring = TestKeys.Ring(new Unreachable(_dataKeys));
        var failing = new Rewrapper(ring, new FieldEncryptor(ring), TimeProvider.System);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await failing.RewrapAsync(_source));

        Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
        Assert.Equal(4, (await _rewrapper.RewrapAsync(_source)).Rewrapped);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10_001, 0)]
    [InlineData(1, -1)]
    public async Task Options_out_of_range_are_refused(int pageSize, int pauseSeconds)
    {
        var options = new RewrapSettings { PageSize = pageSize, Pause = TimeSpan.FromSeconds(pauseSeconds) };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _rewrapper.RewrapAsync(_source, options));
    }

    private static SubjectId Subject(int row) => new($"subject-{row}");

    private static FieldContext Context(int row) => new(TestKeys.Tenant, "crm", "contact", "email", $"c-{row}");

    private ValueTask<byte[]> EncryptAsync(int row, string text) => _encryptor.EncryptTextAsync(Subject(row), Context(row), text);

    private async Task FillAsync(int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            _source.Add(Subject(row), Context(row), await EncryptAsync(row, $"value {row}"));
        }
    }

    private async Task RotateAllAsync()
    {
        foreach (var row in _source.Rows)
        {
            var owner = DataKeyOwner.ForSubject(row.Subject);
            var first = Assert.Single(await _dataKeys.FindAsync(TestKeys.Tenant, [owner], CancellationToken.None));
            var second = await NewVersionAsync(owner);
            Assert.True(await _dataKeys.TryChangeAsync(
                TestKeys.Tenant,
                [new DataKeyChange(first, first with { State = KeyState.DecryptOnly }), new DataKeyChange(null, second with { Version = 2 })],
                CancellationToken.None));
        }
    }

    /// <summary>A further key for an owner, wrapped under the ring's own tenant key: a queue store hands it out unstored.</summary>
    private async Task<StoredDataKey> NewVersionAsync(DataKeyOwner owner)
    {
        var caught = new Catching();
        using var lease = await _ring.OpenUncommittedAsync(TestKeys.Tenant, [owner], caught, create: true);
        return Assert.Single(caught.Added);
    }

    private async Task AssertAllReadAsync()
    {
        for (var row = 0; row < _source.Rows.Count; row++)
        {
            Assert.Equal($"value {row}", await _encryptor.DecryptTextAsync(Subject(row), Context(row), _source.Rows[row].Stored));
        }
    }

    private sealed class Inline(Action<RewrapReport> report) : IProgress<RewrapReport>
    {
        public void Report(RewrapReport value) => report(value);
    }

    private sealed class Catching() : ForwardingDataKeyStore(new InMemoryDataKeyStore())
    {
        public List<StoredDataKey> Added { get; } = [];

        public override ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
            TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken)
        {
            Added.AddRange(keys);
            return base.AddAsync(tenant, keys, cancellationToken);
        }
    }

    private sealed class Unreachable(IDataKeyStore inner) : ForwardingDataKeyStore(inner)
    {
        public override ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
            TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) =>
            throw new PrivacyException(PrivacyErrorCode.KeyStoreUnavailable, "the store is away");
    }
}
