using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Keys;

public class InMemoryTenantKeyStoreTests : TenantKeyStoreContract
{
    protected override ITenantKeyStore Create() => new InMemoryTenantKeyStore();
}
