using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Vectors;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

/// <summary>Format 1's blind index, byte for byte, through the indexer that the package calls.</summary>
public class BlindIndexVectorTests
{
    [Fact]
    public void Every_blind_index_case_agrees_byte_for_byte()
    {
        var vectors = FormatVectors.Load();
        var report = new VectorReport("format/abm_v1 blind-index");
        var context = vectors.FieldContext;
        using var keys = Support.TestKeys.Ring();
        var indexer = new BlindIndexer(keys);
        using var lease = new KeyLease(vectors.Tenant, new DestroyedKeys(), forEncryption: true);
        lease.Add(new Counted<DataKeySet>(new DataKeySet(IndexLeases.Owner, [new DataKey(vectors.Key("indexRoot"), 1, KeyState.Active)], [])));

        foreach (var test in vectors.Cases("blind-index"))
        {
            var bits = test.GetProperty("bits").GetInt32();
            var index = new BlindIndex<EmailAddress>(context.Entity, context.Field, FormatVectors.Text(test, "index"), BlindIndexTransforms.Email, bits);
            var email = EmailAddress.Parse(FormatVectors.Text(test, "normalized").ToUpperInvariant());
            var value = new byte[index.Size];
            indexer.Compute(lease, index, email, value);
            var expected = FormatVectors.Bytes(test, "value");
            report.Case(
                $"blind-index {bits}",
                index.TransformId == FormatVectors.Text(test, "normalizer")
                    && value.SequenceEqual(expected)
                    && indexer.TokensFor(lease, index.Find(email)).Single().SequenceEqual(expected));
        }

        report.Finish();
    }
}
