using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Keys;

public class InMemoryDataKeyStoreTests : DataKeyStoreContract
{
    protected override IDataKeyStore Create() => new InMemoryDataKeyStore();
}
