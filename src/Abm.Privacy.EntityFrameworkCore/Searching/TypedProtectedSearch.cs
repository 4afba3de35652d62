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
    public override async Task<IReadOnlyList<TEntity>> ToVerifiedListAsync(string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var candidates = await (await ToCandidateQueryAsync(cancellationToken).ConfigureAwait(false)).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (candidates.Count == 0)
        {
            return [];
        }

        var revealed = await new Revealer(Context).RevealAsync(candidates, property, reason, cancellationToken).ConfigureAwait(false);
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

        return found;
    }

    public override async Task<IQueryable<TEntity>> ToCandidateQueryAsync(CancellationToken cancellationToken = default)
    {
        var tokens = await FindTokensAsync(cancellationToken).ConfigureAwait(false);
        return query.Where(column.HasOneOf<TEntity>(tenant, tokens));
    }

    private async ValueTask<IReadOnlyList<byte[]>> FindTokensAsync(CancellationToken cancellationToken)
    {
        using var lease = await ContextKeys.OpenReadOnlyAsync(Context, tenant, [BlindIndexBinding.Root], cancellationToken).ConfigureAwait(false);

        // without an index key nothing was ever indexed
        return BlindIndexer.HoldsRoot(lease) ? term.TokensFor(new BlindIndexer(PrivacyOptionsExtension.Of(Context).Keys), lease) : [];
    }
}
