using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

public class BlindIndexerTests : BlindIndexerContract
{
    protected override IBlindIndexer Create(KeyRing keys) => new BlindIndexer(keys);
}
