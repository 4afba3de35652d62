using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class FileTenantKeyStoreTests : TenantKeyStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ITenantKeyStore Create() => new FileTenantKeyStore(_folder.Path);
}
