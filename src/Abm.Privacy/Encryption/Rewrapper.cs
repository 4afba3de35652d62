using System.Security.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>
/// Encrypts stored fields anew under their subjects' active keys while the application runs, or for the first time in an
/// import. It selects by headers alone, writes only what nobody else has changed, may be stopped at any time and started
/// again.
/// </summary>
public sealed class Rewrapper
{
    private const int MaxJobLength = 128; // bytes of UTF-8; stated in RewrapSettings

    private readonly KeyRing _keys;
    private readonly IFieldEncryptor _encryptor;
    private readonly TimeProvider _time;

    /// <summary>Creates a rewrapper.</summary>
    /// <param name="keys">Opens the subjects' keys.</param>
    /// <param name="encryptor">Writes the new envelopes.</param>
    /// <param name="time">The clock of the pauses.</param>
    public Rewrapper(KeyRing keys, IFieldEncryptor encryptor, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(encryptor);
        ArgumentNullException.ThrowIfNull(time);
        (_keys, _encryptor, _time) = (keys, encryptor, time);
    }

    /// <summary>Moves every envelope under its subject's active key.</summary>
    /// <param name="source">The records.</param>
    /// <param name="settings">How it runs; null for the defaults.</param>
    /// <param name="progress">Told after each page.</param>
    /// <param name="cancellationToken">Stops after the page that is being written.</param>
    /// <returns>The counts, and the cursor to go on from.</returns>
    /// <exception cref="ArgumentException">The settings are out of range, or name a job and the source keeps none.</exception>
    /// <exception cref="InvalidOperationException">The job of that name is under way on another source, or its place was deleted meanwhile.</exception>
    /// <exception cref="PrivacyException">A key store is unavailable or damaged. What was written stays valid; run again.</exception>
    public ValueTask<RewrapReport> RewrapAsync(
        IRewrapSource source, RewrapSettings? settings = null, IProgress<RewrapReport>? progress = null, CancellationToken cancellationToken = default) =>
        ImportAsync(source, new EnvelopeRewrapReader(_encryptor), settings, progress, cancellationToken);

    /// <summary>
    /// Encrypts what another reader understands: clear columns, or payloads of another protection. An exception of the reader
    /// that says nothing of the value, such as a time-out, ends the run and passes unchanged: nothing of the page was written, and
    /// the last report that <paramref name="progress"/> was told has the cursor to go on from (<see cref="RewrapSettings.StartAfter"/>).
    /// </summary>
    /// <param name="source">The records.</param>
    /// <param name="reader">Reads what is stored now.</param>
    /// <param name="settings">How it runs; null for the defaults.</param>
    /// <param name="progress">Told after each page.</param>
    /// <param name="cancellationToken">Stops after the page that is being written.</param>
    /// <returns>The counts, and the cursor to go on from.</returns>
    /// <exception cref="ArgumentException">The settings are out of range, or name a job and the source keeps none.</exception>
    /// <exception cref="InvalidOperationException">The job of that name is under way on another source, or its place was deleted meanwhile.</exception>
    /// <exception cref="PrivacyException">A key store is unavailable or damaged. What was written stays valid; run again.</exception>
    public async ValueTask<RewrapReport> ImportAsync(
        IRewrapSource source,
        IRewrapReader reader,
        RewrapSettings? settings = null,
        IProgress<RewrapReport>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(reader);
        settings ??= new RewrapSettings();
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.PageSize, 1, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.PageSize, 10_000, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Pause, TimeSpan.Zero, nameof(settings));
        var jobs = FindJobs(source, settings);
        var report = jobs is null
            ? RewrapReport.Nothing with { Cursor = settings.StartAfter }
            : await jobs.BeginJobAsync(settings.Job!, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        while (!cancellationToken.IsCancellationRequested)
        {
            var page = await source.ReadAsync(report.Cursor, settings.PageSize, cancellationToken).ConfigureAwait(false);
            report = await RewrapPageAsync(source, jobs, reader, page, settings, report).ConfigureAwait(false)
                ?? await FollowAsync(jobs!, settings.Job!, report).ConfigureAwait(false);
            progress?.Report(report);
            if (report.IsComplete)
            {
                break;
            }

            if (settings.Pause > TimeSpan.Zero)
            {
                // a cancellation ends the pause, and then the run, without an error: the report says how far it came
                await Task.Delay(settings.Pause, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return report;
    }

    /// <summary>Another process was faster, so its place counts.</summary>
    private static async ValueTask<RewrapReport> FollowAsync(IRewrapJobSource jobs, string job, RewrapReport report) =>
        await jobs.FindJobAsync(job, CancellationToken.None).ConfigureAwait(false) is { } place
            ? place with { Failures = report.Failures }
            : throw new InvalidOperationException(
                $"The place of the job {job} is gone: somebody deleted it, or completed the job and gave its name to another source. What was written stays valid; run the job again.");

    private static IRewrapJobSource? FindJobs(IRewrapSource source, RewrapSettings settings)
    {
        if (settings.Job is not { } job)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(job) || job.Contains('\0', StringComparison.Ordinal) || StrictUtf8.CountBytes(job, nameof(settings)) > MaxJobLength)
        {
            throw new ArgumentException($"The job's name must be 1 to {MaxJobLength} bytes of text.", nameof(settings));
        }

        if (settings.StartAfter is not null)
        {
            throw new ArgumentException("A job knows where it goes on. Leave StartAfter out.", nameof(settings));
        }

        var jobs = source as IRewrapJobSource ?? throw new ArgumentException($"{source.GetType().Name} keeps no place of jobs. Use an IRewrapJobSource, or StartAfter.", nameof(settings));
        return settings.DryRun ? null : jobs;
    }

    private async ValueTask<RewrapReport?> RewrapPageAsync(
        IRewrapSource source, IRewrapJobSource? jobs, IRewrapReader reader, IReadOnlyList<RewrapRecord> page, RewrapSettings settings, RewrapReport report)
    {
        var counts = RewrapReport.Nothing;
        var changes = new List<RewrapChange>();
        if (page.Count == 0)
        {
            return await StoreAsync(source, jobs, changes, settings, report, counts with { Cursor = report.Cursor, IsComplete = true }).ConfigureAwait(false);
        }

        // a page is never left half way, so it is not cancelled
        var subjects = page.Select(record => record.Subject).Distinct().ToList();
        using var lease = settings.DryRun
            ? await _keys.OpenReadOnlyAsync(source.Tenant, subjects, CancellationToken.None).ConfigureAwait(false)
            : await _keys.OpenAsync(source.Tenant, subjects, CancellationToken.None).ConfigureAwait(false);
        try
        {
            foreach (var record in page)
            {
                counts = await CollectAsync(reader, lease, record, settings.DryRun, changes, counts).ConfigureAwait(false);
            }

            counts = counts with { Rewrapped = changes.Count, Cursor = page[^1].Cursor };
            return await StoreAsync(source, jobs, changes, settings, report, counts).ConfigureAwait(false);
        }
        finally
        {
            changes.ForEach(change => change.Forget());
        }
    }

    private async ValueTask<RewrapReport?> StoreAsync(
        IRewrapSource source, IRewrapJobSource? jobs, List<RewrapChange> changes, RewrapSettings settings, RewrapReport report, RewrapReport page)
    {
        if (jobs is not null)
        {
            var checkpoint = new RewrapCheckpoint(settings.Job!, report.Cursor, page, _time.GetUtcNow());
            return await jobs.WriteAsync(changes, checkpoint, CancellationToken.None).ConfigureAwait(false) is { } stored
                ? stored with { Failures = report.AddFailures(page) }
                : null;
        }

        return report.Add(page, changes.Count == 0 ? 0 : await source.WriteAsync(changes, CancellationToken.None).ConfigureAwait(false));
    }

    private async ValueTask<RewrapReport> CollectAsync(
        IRewrapReader reader, KeyLease lease, RewrapRecord record, bool dryRun, List<RewrapChange> changes, RewrapReport report)
    {
        report = report with { Records = report.Records + 1, Fields = report.Fields + record.Fields.Count };
        var first = changes.Count;
        foreach (var field in record.Fields)
        {
            try
            {
                if (!IsWanted(reader, lease, record.Subject, field))
                {
                    continue;
                }

                report = report with { Stale = report.Stale + 1 };
                if (!dryRun)
                {
                    changes.Add(await RewrapAsync(reader, lease, record, field).ConfigureAwait(false));
                }
            }
            catch (PrivacyException error) when (error.Code == PrivacyErrorCode.SubjectErased)
            {
                report = report with { Erased = report.Erased + 1 };
            }
            catch (PrivacyException error) when (error.Code is PrivacyErrorCode.DecryptionFailed or PrivacyErrorCode.FormatUnknown or PrivacyErrorCode.KeyUnavailable)
            {
                // one damaged value must not stop the others, and a record is written whole or not at all
                changes.GetRange(first, changes.Count - first).ForEach(change => change.Forget());
                changes.RemoveRange(first, changes.Count - first);
                return report with
                {
                    Failed = report.Failed + 1,
                    Failures = report.Failures.Count < RewrapReport.MaxFailures
                        ? [.. report.Failures, new RewrapFailure(record.Cursor, field.Context.Field, error.Code)]
                        : report.Failures,
                };
            }
        }

        return report;
    }

    /// <summary>An import passes envelopes over, whatever stands beside them: they are no clear values.</summary>
    private static bool IsWanted(IRewrapReader reader, KeyLease lease, SubjectId subject, RewrapField field) =>
        (field.IsStale && reader is EnvelopeRewrapReader) || NeedsRewrap(reader, lease, subject, field);

    private static bool NeedsRewrap(IRewrapReader reader, KeyLease lease, SubjectId subject, RewrapField field) =>
        lease.FindActiveKeyId(DataKeyOwner.ForSubject(subject)) is not { } active || reader.NeedsRewrap(field.Stored.Span, active);

    private async ValueTask<RewrapChange> RewrapAsync(IRewrapReader reader, KeyLease lease, RewrapRecord record, RewrapField field)
    {
        var clear = await reader.ReadAsync(lease, field.Context, field.Stored, CancellationToken.None).ConfigureAwait(false);
        try
        {
            var padding = field.Padding == Padding.None ? PaddingOf(field.Stored.Span) : field.Padding;
            var envelope = new byte[_encryptor.GetEnvelopeLength(clear.Length, padding)];
            _encryptor.Encrypt(lease, record.Subject, field.Context, clear, envelope, padding);
            return new RewrapChange(record, field, envelope, clear);
        }
        catch
        {
            CryptographicOperations.ZeroMemory(clear);
            throw;
        }
    }

    /// <summary>A padded value stays as long as it was: a rewrap must not show what the padding hid.</summary>
    private static Padding PaddingOf(ReadOnlySpan<byte> stored) => EnvelopeInfo.TryRead(stored, out var info) && info.IsPadded && info.ContentLength >= 2
        ? Padding.ToMultipleOf(Math.Min(info.ContentLength, Padding.MaxBucket))
        : Padding.None;
}
