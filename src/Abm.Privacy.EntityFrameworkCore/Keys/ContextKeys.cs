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
        DbContext context, TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        var extension = PrivacyOptionsExtension.Of(context);
        var transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        return AreOfTransaction(context)
            ? extension.Keys.OpenUncommittedAsync(tenant, owners, extension.CreateKeyStore(context, transaction), create: false, cancellationToken: cancellationToken)
            : extension.Keys.OpenOwnersReadOnlyAsync(tenant, owners, cancellationToken);
    }

    /// <summary>Whether the context works in a transaction, which may hold keys that nobody else sees yet.</summary>
    public static bool AreOfTransaction(DbContext context) =>
        context.Database.CurrentTransaction is not null || Transaction.Current is not null || context.Database.GetEnlistedTransaction() is not null;
}
