using System.Data.Common;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

/// <summary>Says once that the tenant key was retired when first keys are added.</summary>
internal sealed class RetiredOnce(IContextKeyStores inner) : IContextKeyStores
{
    private bool _said;

    public IDataKeyStore CreateFor(DbContext context, DbTransaction? transaction, bool holds) => new Store(this, inner.CreateFor(context, transaction, holds));

    private sealed class Store(RetiredOnce owner, IDataKeyStore inner) : ForwardingDataKeyStore(inner)
    {
        public override ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
            TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken)
        {
            if (!owner._said)
            {
                owner._said = true;
                throw new PrivacyException(PrivacyErrorCode.TenantKeyRetired, "Retired.");
            }

            return base.AddAsync(tenant, keys, cancellationToken);
        }
    }
}

/// <summary>Counts round trips.</summary>
internal sealed class CountingStores(IContextKeyStores inner) : IContextKeyStores
{
    public int Finds { get; private set; }

    public int Adds { get; private set; }

    public IDataKeyStore CreateFor(DbContext context, DbTransaction? transaction, bool holds) => new Store(this, inner.CreateFor(context, transaction, holds));

    private sealed class Store(CountingStores owner, IDataKeyStore inner) : ForwardingDataKeyStore(inner)
    {
        public override ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
            TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
        {
            owner.Finds++;
            return base.FindAsync(tenant, owners, cancellationToken);
        }

        public override ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
            TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken)
        {
            owner.Adds++;
            return base.AddAsync(tenant, keys, cancellationToken);
        }
    }
}

/// <summary>Does something between the first transaction of a context and its second.</summary>
public sealed class BeforeSecondTransaction(Func<Task> work) : DbTransactionInterceptor
{
    private int _started;

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        if (++_started == 2)
        {
            await work();
        }

        return result;
    }
}
