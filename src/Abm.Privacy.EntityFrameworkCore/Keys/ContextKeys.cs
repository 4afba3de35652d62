using System.Transactions;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Keys as a context sees them: those that its own transaction has made and not committed too.</summary>
internal static class ContextKeys
{
    public static ValueTask<KeyLease> OpenReadOnlyAsync(
        DbContext context, TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken)
    {
        var extension = PrivacyOptionsExtension.Of(context);
        var transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        return transaction is null && Transaction.Current is null && context.Database.GetEnlistedTransaction() is null
            ? extension.Keys.OpenReadOnlyAsync(tenant, subjects, cancellationToken)
            : extension.Keys.OpenUncommittedAsync(
                tenant,
                [.. subjects.Select(DataKeyOwner.ForSubject)],
                extension.CreateKeyStore(context, transaction),
                create: false,
                cancellationToken: cancellationToken);
    }
}
