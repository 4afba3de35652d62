using System.Linq.Expressions;
using System.Transactions;
using Abm.Privacy.Classification;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

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
        return (column.Tenant is null ? query : query.Where(TenantPredicate.For<TEntity>(column.Tenant, tenant)))
            .Where(column.HasOneOf<TEntity>(tokens));
    }

    private async ValueTask<IReadOnlyList<byte[]>> FindTokensAsync(CancellationToken cancellationToken)
    {
        var extension = PrivacyOptionsExtension.Of(Context);
        var transaction = Context.Database.CurrentTransaction?.GetDbTransaction();
        var isAlone = transaction is null && Transaction.Current is null && Context.Database.GetEnlistedTransaction() is null;
        using var lease = isAlone
            ? await extension.Keys.OpenOwnersReadOnlyAsync(tenant, [BlindIndexBinding.Root], cancellationToken).ConfigureAwait(false)
            : await extension.Keys.OpenUncommittedAsync(
                tenant, [BlindIndexBinding.Root], extension.CreateKeyStore(Context, transaction), create: false, cancellationToken: cancellationToken).ConfigureAwait(false);

        // without an index key nothing was ever indexed
        return BlindIndexer.HoldsRoot(lease) ? term.TokensFor(new BlindIndexer(extension.Keys), lease) : [];
    }
}
