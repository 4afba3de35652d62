using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Keys;

public class VolatileRootKeyProviderTests : RootKeyProviderContract
{
    protected override IRootKeyProvider Create() => new VolatileRootKeyProvider();

    protected override IRootKeyProvider CreateOther() => new VolatileRootKeyProvider();
}
