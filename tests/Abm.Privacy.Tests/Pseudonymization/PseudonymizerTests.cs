using Abm.Privacy.Keys;
using Abm.Privacy.Pseudonymization;

namespace Abm.Privacy.Tests.Pseudonymization;

public class PseudonymizerTests : PseudonymizerContract
{
    protected override IPseudonymizer Create(KeyRing keys) => new Pseudonymizer(keys);
}
