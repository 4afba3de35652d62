using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Abm.Privacy.Pseudonymization;

namespace Abm.Privacy.Tests.Vectors;

/// <summary>
/// Format 1, byte for byte. Suite 02, padding, blind index, suppression and FF1 cases belong to features that do not
/// exist yet and are not counted.
/// </summary>
public class FormatVectorTests
{
    [Fact]
    public void Every_case_that_applies_agrees_byte_for_byte()
    {
        var vectors = FormatVectors.Load();
        var report = new VectorReport("format/abm_v1");

        Encrypt(vectors, report);
        WrapTenantKey(vectors, report);
        WrapDataKey(vectors, report);
        Pseudonymize(vectors, report);

        report.Finish();
    }

    [Fact]
    public void Every_key_id_is_the_published_one()
    {
        foreach (var (name, key, id) in FormatVectors.Load().Keys())
        {
            using (key)
            {
                Assert.True(key.Id.ToString() == id, name);
            }
        }
    }

    private static void Encrypt(FormatVectors vectors, VectorReport report)
    {
        var context = vectors.FieldContext;
        using var key = new DataKey(vectors.Key("dek"), 1, KeyState.Active);
        Span<byte> fieldKey = stackalloc byte[SecretKey.Size];
        FieldKey.Derive(key.Key, EnvelopeHeader.SuiteAesGcm, context.Tenant, new DerivedKeyName("", context.Scope, context.Entity, context.Field), fieldKey);
        foreach (var test in vectors.Cases("encrypt", "01"))
        {
            var text = FormatVectors.Text(test, "plaintextUtf8");
            var plaintext = Encoding.UTF8.GetBytes(text);
            var expected = FormatVectors.Bytes(test, "envelope");
            var envelope = new byte[expected.Length];
            FieldCipher.Of(key, context).Encrypt(context.Record, plaintext, envelope, padded: false, FormatVectors.Bytes(test, "nonce"));
            var opened = new byte[plaintext.Length];
            FieldCipher.Of(key, context).Decrypt(context.Record, 0, expected, opened);
            report.Case(
                $"encrypt {text}",
                envelope.SequenceEqual(expected) && opened.SequenceEqual(plaintext) && fieldKey.SequenceEqual(FormatVectors.Bytes(test, "fieldKey")));
        }
    }

    private static void WrapTenantKey(FormatVectors vectors, VectorReport report)
    {
        using var root = new WrappingKey(vectors.Key("rootKey"));
        using var tenantKey = vectors.Key("tenantKek");
        foreach (var test in vectors.Cases("wrap-kek"))
        {
            var expected = FormatVectors.Bytes(test, "envelope");
            var wrapped = KeyWrap.WrapTenantKey(root, vectors.Tenant, tenantKey, FormatVectors.Bytes(test, "nonce"));
            using var unwrapped = KeyWrap.UnwrapTenantKey(root, vectors.Tenant, tenantKey.Id, expected);
            report.Case("wrap-kek", wrapped.SequenceEqual(expected) && unwrapped.Bytes.SequenceEqual(tenantKey.Bytes));
        }
    }

    private static void WrapDataKey(FormatVectors vectors, VectorReport report)
    {
        using var tenantKey = new WrappingKey(vectors.Key("tenantKek"));
        foreach (var test in vectors.Cases("wrap-dek"))
        {
            using var key = vectors.Key(FormatVectors.Text(test, "key"));
            var usage = KeyUsageNames.ParseUsage(FormatVectors.Text(test, "usage"));
            var owner = usage == KeyUsage.Field ? DataKeyOwner.ForSubject(vectors.Subject) : DataKeyOwner.ForTenant(usage);
            var expected = FormatVectors.Bytes(test, "envelope");
            var wrapped = KeyWrap.WrapDataKey(tenantKey, vectors.Tenant, owner, key, FormatVectors.Bytes(test, "nonce"));
            using var unwrapped = KeyWrap.UnwrapDataKey(tenantKey, vectors.Tenant, owner, key.Id, expected);
            report.Case($"wrap-dek {usage}", wrapped.SequenceEqual(expected) && unwrapped.Bytes.SequenceEqual(key.Bytes));
        }
    }

    private static void Pseudonymize(FormatVectors vectors, VectorReport report)
    {
        foreach (var test in vectors.Cases("pseudonym"))
        {
            var version = test.GetProperty("keyVersion").GetInt32();
            using var root = new DataKey(vectors.Key(version == 1 ? "pseudonymRoot" : "pseudonymRoot2"), version, KeyState.Active);
            var domain = new PseudonymDomain(FormatVectors.Text(test, "domain"));
            var key = PseudonymKey.Of(root, vectors.Tenant, domain, "email", "email-v1");
            var pseudonym = key.Pseudonymize(FormatVectors.Text(test, "normalized"));
            report.Case($"pseudonym {domain} {version}", pseudonym.ToString() == FormatVectors.Text(test, "value"));
        }
    }
}
