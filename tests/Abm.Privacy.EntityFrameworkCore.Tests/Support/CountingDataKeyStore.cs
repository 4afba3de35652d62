using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

/// <summary>A ring's store that counts how often keys are read.</summary>
internal sealed class CountingDataKeyStore(IDataKeyStore inner) : ForwardingDataKeyStore(inner)
{
    public int Finds { get; private set; }

    public override ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        Finds++;
        return base.FindAsync(tenant, owners, cancellationToken);
    }
}
