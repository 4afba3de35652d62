using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Encryption;

// jobs, whose place the source keeps
public sealed partial class RewrapperTests
{
    [Fact]
    public async Task A_job_goes_on_where_its_last_run_ended_and_starts_anew_once_it_is_complete()
    {
        await FillAsync(30);
        await RotateAllAsync();
        using var stop = new CancellationTokenSource();
        var job = new RewrapSettings { PageSize = 10, Job = "contacts" };

        var first = await _rewrapper.RewrapAsync(_source, job, new Inline(_ => stop.Cancel()), stop.Token);
        var dry = await _rewrapper.RewrapAsync(_source, new RewrapSettings { Job = "contacts", DryRun = true });
        var reads = _source.Reads;
        var second = await _rewrapper.RewrapAsync(_source, job);

        Assert.Equal(new RewrapReport(10, 10, 10, 10, 0, 0, 0, "9", false), first);
        Assert.Equal((30, 20), (dry.Records, dry.Stale)); // everything, and the job is left alone
        Assert.Equal(new RewrapReport(30, 30, 30, 30, 0, 0, 0, "29", true), second);
        Assert.Equal(3, _source.Reads - reads);
        Assert.Equal((30, 0, true), await RunAsync(job)); // from the beginning
        await AssertAllReadAsync();
    }

    [Fact]
    public async Task A_job_that_another_process_moves_on_or_completes_meanwhile_is_joined()
    {
        await FillAsync(4);
        await RotateAllAsync();
        var job = new RewrapSettings { PageSize = 2, Job = "contacts" };
        var other = new Rewrapper(_ring, _encryptor, TimeProvider.System);
        var pages = 0;
        var run = await _rewrapper.RewrapAsync(new Interrupted(_source, async () =>
        {
            if (++pages == 2)
            {
                await other.RewrapAsync(_source, job); // all that is left
            }
        }), job);

        Assert.Equal(new RewrapReport(4, 4, 4, 4, 0, 0, 0, "3", true), run);
        Assert.Equal(run, _source.Jobs["contacts"]);
        Assert.Equal(2, _source.Writes); // none was written twice
    }

    [Fact]
    public async Task A_job_needs_a_name_a_source_that_keeps_its_place_and_no_cursor_beside_it()
    {
        foreach (var settings in new RewrapSettings[]
        {
            new() { Job = " " }, new() { Job = "a\0b" }, new() { Job = new string('ä', 65) }, new() { Job = "contacts", StartAfter = "1" },
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await _rewrapper.RewrapAsync(_source, settings));
        }

        await Assert.ThrowsAsync<ArgumentException>(async () => await _rewrapper.RewrapAsync(new Placeless(_source), new RewrapSettings { Job = "contacts" }));
    }

    private async Task<(long Records, long Stale, bool IsComplete)> RunAsync(RewrapSettings settings)
    {
        var report = await _rewrapper.RewrapAsync(_source, settings);
        return (report.Records, report.Stale, report.IsComplete);
    }

    /// <summary>Does something after each page that was read.</summary>
    private sealed class Interrupted(MemoryRewrapSource inner, Func<Task> work) : IRewrapJobSource
    {
        public TenantId Tenant => inner.Tenant;

        public async ValueTask<IReadOnlyList<RewrapRecord>> ReadAsync(string? after, int max, CancellationToken cancellationToken)
        {
            var page = await inner.ReadAsync(after, max, cancellationToken);
            await work();
            return page;
        }

        public ValueTask<int> WriteAsync(IReadOnlyList<RewrapChange> changes, CancellationToken cancellationToken) => inner.WriteAsync(changes, cancellationToken);

        public ValueTask<RewrapReport> BeginJobAsync(string job, DateTimeOffset time, CancellationToken cancellationToken) => inner.BeginJobAsync(job, time, cancellationToken);

        public ValueTask<RewrapReport?> FindJobAsync(string job, CancellationToken cancellationToken) => inner.FindJobAsync(job, cancellationToken);

        public ValueTask<RewrapReport?> WriteAsync(IReadOnlyList<RewrapChange> changes, RewrapCheckpoint checkpoint, CancellationToken cancellationToken) =>
            inner.WriteAsync(changes, checkpoint, cancellationToken);
    }

    private sealed class Placeless(IRewrapSource inner) : IRewrapSource
    {
        public TenantId Tenant => inner.Tenant;

        public ValueTask<IReadOnlyList<RewrapRecord>> ReadAsync(string? after, int max, CancellationToken cancellationToken) => inner.ReadAsync(after, max, cancellationToken);

        public ValueTask<int> WriteAsync(IReadOnlyList<RewrapChange> changes, CancellationToken cancellationToken) => inner.WriteAsync(changes, cancellationToken);
    }
}
