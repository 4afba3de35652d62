using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Abm.Privacy.Consent.Records;

/// <summary>
/// Which rules held, as a record keeps it: the words of the mask, or the start of a hash over the answer where no mask can say it (more rules than bits, a
/// rule that failed).
/// </summary>
internal readonly record struct DecisionMask(RuleMask Words, int WordCount, bool IsDigest)
{
    public static DecisionMask Of(ConsentPolicy policy, ConsentFacts facts, ConsentQuestion question, DateTimeOffset asOf, ConsentVerdict verdict)
    {
        // closures, not compiled code: an old policy is asked a few times and thrown away
        var programs = policy.Programs;
        return programs.Find(facts.Jurisdiction, question) is { } program && programs.Moments.At(question, asOf) is { } moment
            ? new DecisionMask(program.Evaluate(facts, moment), program.WordCount, false)
            : new DecisionMask(new RuleMask(Digest(verdict)), 1, true);
    }

    private static long Digest(ConsentVerdict verdict)
    {
        var text = new StringBuilder().Append(verdict.Outcome).Append('\n');
        foreach (var reason in verdict.Reasons)
        {
            text.Append(reason).Append('\n');
        }

        text.AppendJoin('\n', verdict.Obligations).Append('\n').AppendJoin('\n', verdict.LawfulBases).Append('\n').AppendJoin('\n', verdict.Jurisdictions);
        return BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
