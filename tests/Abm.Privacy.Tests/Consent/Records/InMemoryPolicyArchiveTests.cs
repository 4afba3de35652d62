using Abm.Privacy.Consent.Records;

namespace Abm.Privacy.Tests.Consent.Records;

public sealed class InMemoryPolicyArchiveTests : PolicyArchiveContract
{
    protected override IPolicyArchive Create() => new InMemoryPolicyArchive();
}
