using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>Reveals what was asked for: the keys of many subjects in one query, and only the values that were named.</summary>
internal sealed class Revealer(DbContext context)
{
    /// <summary>Subjects for each key query: more is slower, fewer costs round trips.</summary>
    private const int SubjectsPerQuery = 500;

    private readonly PrivacyOptionsExtension _extension = PrivacyOptionsExtension.Of(context);

    public async Task<RevealedBatch<T>> RevealAsync<T>(
        IReadOnlyList<T> entities, LambdaExpression fields, string reason, CancellationToken cancellationToken, int first = 0)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var targets = new RevealTargets(context, FieldSelection.Parse(fields));
        targets.Check(typeof(T));
        var results = new RevealResult<T>[entities.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = new RevealResult<T>(entities[i], first + i);
            targets.Add(entities[i], i);
        }

        await AuditAsync(targets.Found, reason, cancellationToken).ConfigureAwait(false);
        var groups = targets.Found.GroupBy(target => target.Context.Tenant)
            .SelectMany(tenant => tenant.GroupBy(target => target.Subject).Chunk(SubjectsPerQuery).Select(subjects => (Tenant: tenant.Key, Subjects: subjects)))
            .ToList();
        await OpenAsync(groups, (position, failure) => results[position].Add(failure), cancellationToken).ConfigureAwait(false);
        return new RevealedBatch<T>(results);
    }

    /// <summary>Reveals a query's entities page by page.</summary>
    public async IAsyncEnumerable<RevealResult<T>> RevealPagesAsync<T>(
        KeyPages<T> pages, LambdaExpression fields, string reason, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        IReadOnlyList<object>? last = null;
        for (var position = 0; ;)
        {
            var page = await pages.ReadAsync(last, pageSize, cancellationToken).ConfigureAwait(false);
            var revealed = await RevealAsync(page, fields, reason, cancellationToken, position).ConfigureAwait(false);
            last = page.Count == 0 ? null : pages.KeyOf(page[^1]); // before the loop may remove it
            foreach (var result in revealed)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return result;
            }

            if (page.Count < pageSize)
            {
                yield break;
            }

            position += page.Count;
        }
    }

    /// <summary>While some values are decrypted, the next keys are on their way, unless they must come over the caller's connection.</summary>
    private async Task OpenAsync(
        List<(TenantId Tenant, IGrouping<SubjectId, RevealTarget>[] Subjects)> groups, Action<int, RevealFailure> fail, CancellationToken cancellationToken)
    {
        Task<KeyLease>? next = null;
        try
        {
            foreach (var (group, following) in groups.Zip(groups.Skip(1).Append(default)))
            {
                using var lease = await (next ?? ContextKeys.OpenReadOnlyAsync(context, group.Tenant, OwnersOf(group.Subjects), cancellationToken).AsTask()).ConfigureAwait(false);
                next = following.Subjects is null || ContextKeys.AreOfTransaction(context)
                    ? null
                    : Task.Run(() => _extension.Keys.OpenOwnersReadOnlyAsync(following.Tenant, OwnersOf(following.Subjects), cancellationToken).AsTask(), CancellationToken.None);
                Open(lease, group.Subjects, fail);
            }
        }
        catch
        {
            _ = next?.ContinueWith(LetGo, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Zeroes keys that nobody wants any more; an error of theirs is seen and counts less than the one that is on its way.</summary>
    private static void LetGo(Task<KeyLease> opened)
    {
        if (opened.Exception is null && !opened.IsCanceled)
        {
            opened.Result.Dispose();
        }
    }

    private static DataKeyOwner[] OwnersOf(IGrouping<SubjectId, RevealTarget>[] groups) => Array.ConvertAll(groups, static group => DataKeyOwner.ForSubject(group.Key));

    private void Open(KeyLease lease, IReadOnlyList<IEnumerable<RevealTarget>> subjects, Action<int, RevealFailure> fail)
    {
        CpuWork.ForEach(subjects, group =>
        {
            foreach (var target in group)
            {
                try
                {
                    _extension.Encryptor.Reveal(lease, target.Context, target.Value);
                }
                catch (PrivacyException error)
                {
                    fail(target.Position, new RevealFailure(target.Field.Name.Field, error));
                }
            }
        });
    }

    private async ValueTask AuditAsync(IReadOnlyList<RevealTarget> targets, string reason, CancellationToken cancellationToken)
    {
        var sink = _extension.Audit
            ?? new LoggingRevealAuditSink(context.GetService<ILoggerFactory>().CreateLogger(LoggingRevealAuditSink.Category));
        foreach (var group in targets.GroupBy(target => (target.Context.Tenant, target.Field.Name.Scope, target.Field.Name.Entity)))
        {
            var audit = new RevealAudit(
                group.Key.Tenant,
                group.Key.Scope,
                group.Key.Entity,
                [.. group.Select(target => target.Field.Name.Field).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                group.Count(),
                group.Select(target => target.Subject).Distinct().Count(),
                reason);
            await sink.RecordAsync(audit, cancellationToken).ConfigureAwait(false);
        }
    }
}
