using System.Linq.Expressions;
using Abm.Privacy.Classification;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Searching;

internal sealed class TypedProtectedSearch<TEntity, TProperty>(
    DbContext context,
    IQueryable<TEntity> query,
    TenantId tenant,
    SearchedColumn column,
    Expression<Func<TEntity, Protected<TProperty>?>> property,
    ISearchTerm<TProperty> term) : ProtectedSearch<TEntity>(context)
    where TEntity : class
    where TProperty : notnull
{
    private protected override async Task<IReadOnlyList<TEntity>> FindAsync(LambdaExpression? fields, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var candidateQuery = await ToCandidateQueryAsync(cancellationToken).ConfigureAwait(false);
        var revealer = new Revealer(Context);
        using var asked = await Context.Database.CreateExecutionStrategy()
            .ExecuteAsync(ct => FindCandidatesAsync(candidateQuery, revealer, ct), cancellationToken).ConfigureAwait(false);
        if (asked.Results.Length == 0)
        {
            return [];
        }

        var revealed = await revealer.RevealAsync(asked, reason, cancellationToken).ConfigureAwait(false);
        var found = new List<TEntity>(revealed.Count);
        foreach (var result in revealed)
        {
            if (!result.Succeeded)
            {
                if (result.Failures[0].Error is { Code: not PrivacyErrorCode.SubjectErased } error)
                {
                    throw new PrivacyException(error.Code, $"A candidate of the search does not open: {error.Message}", error);
                }
            }
            else if (column.ValueOf(result.Entity) is Protected<TProperty> value && term.IsMatch(value.GetValue()))
            {
                found.Add(result.Entity);
            }
        }

        if (fields is not null)
        {
            using var further = revealer.Find(found, fields);
            further.TakeKeysOf(asked);
            (await revealer.RevealAsync(further, reason, cancellationToken).ConfigureAwait(false)).ThrowIfFailed();
        }

        return found;
    }

    public override async Task<IQueryable<TEntity>> ToCandidateQueryAsync(CancellationToken cancellationToken = default)
    {
        var tokens = await FindTokensAsync(cancellationToken).ConfigureAwait(false);
        return query.Where(column.HasOneOf<TEntity>(tenant, tokens));
    }

    /// <summary>The candidates and their keys over one connection, which is given back before anybody else's code runs.</summary>
    private async Task<AskedReveal<TEntity>> FindCandidatesAsync(IQueryable<TEntity> candidateQuery, Revealer revealer, CancellationToken cancellationToken)
    {
        await Context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var asked = revealer.Find(await candidateQuery.ToListAsync(cancellationToken).ConfigureAwait(false), property);
            await revealer.OpenKeysAsync(asked, cancellationToken).ConfigureAwait(false);
            return asked;
        }
        finally
        {
            await Context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<IReadOnlyList<byte[]>> FindTokensAsync(CancellationToken cancellationToken)
    {
        using var lease = await ContextKeys.OpenReadOnlyAsync(Context, tenant, [BlindIndexBinding.Root], cancellationToken).ConfigureAwait(false);

        // without an index key nothing was ever indexed
        return BlindIndexer.HoldsRoot(lease) ? term.TokensFor(new BlindIndexer(PrivacyOptionsExtension.Of(Context).Keys), lease) : [];
    }
}
