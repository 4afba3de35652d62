using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Abm.Privacy.Pseudonymization;

namespace Abm.Privacy.Tests.Vectors;

/// <summary>
/// Format 1, byte for byte. The blind-index cases are counted by a suite of their own; the FF1 case belongs to a feature that does not exist
/// yet and is not counted.
/// </summary>
public class FormatVectorTests
{
    [Fact]
    public void Every_case_that_applies_agrees_byte_for_byte()
    {
        var vectors = FormatVectors.Load();
        var report = new VectorReport("format/abm_v1");

        Encrypt(vectors, report);
        EncryptPadded(vectors, report);
        EncryptDeterministically(vectors, report);
        WrapTenantKey(vectors, report);
        WrapDataKey(vectors, report);
        Pseudonymize(vectors, report);
        HashSuppressed(vectors, report);

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

    private static void EncryptPadded(FormatVectors vectors, VectorReport report)
    {
        var context = vectors.FieldContext;
        using var key = new DataKey(vectors.Key("dek"), 1, KeyState.Active);
        foreach (var test in vectors.Cases("encrypt-padded", "01"))
        {
            var plaintext = Encoding.UTF8.GetBytes(FormatVectors.Text(test, "plaintextUtf8"));
            var expected = FormatVectors.Bytes(test, "envelope");
            var padded = Padding.ToMultipleOf(test.GetProperty("bucket").GetInt32()).GetPaddedLength(plaintext.Length);
            var envelope = new byte[EnvelopeHeader.GcmOverhead + padded];
            FieldCipher.Of(key, context).Encrypt(context.Record, plaintext, envelope, padded: true, FormatVectors.Bytes(test, "nonce"));
            var opened = new byte[padded];
            var length = FieldCipher.Of(key, context).Decrypt(context.Record, EnvelopeHeader.FlagPadded, expected, opened);
            report.Case("encrypt-padded", envelope.SequenceEqual(expected) && opened.AsSpan(0, length).SequenceEqual(plaintext));
        }
    }

    private static void EncryptDeterministically(FormatVectors vectors, VectorReport report)
    {
        var (tenant, context) = (vectors.Tenant, vectors.FieldContext);
        var name = new DeterministicField<string>(context.Scope, context.Entity, context.Field, 1_000_000).Name;
        using var key = new DataKey(vectors.Key("sharedDek"), 1, KeyState.Active);
        Span<byte> fieldKey = stackalloc byte[AesSiv.KeySize];
        FieldKey.Derive(key.Key, EnvelopeHeader.SuiteAesSiv, tenant, name, fieldKey);
        foreach (var test in vectors.Cases("encrypt", "02"))
        {
            var text = FormatVectors.Text(test, "plaintextUtf8");
            var expected = FormatVectors.Bytes(test, "envelope");
            var envelope = new byte[expected.Length];
            DeterministicCipher.Of(key, tenant, name).Encrypt(text, envelope);
            var opened = new byte[expected.Length - EnvelopeHeader.SivOverhead];
            DeterministicCipher.Of(key, tenant, name).Decrypt(expected, opened);
            report.Case(
                $"encrypt 02 {text}",
                envelope.SequenceEqual(expected) && opened.SequenceEqual(Encoding.UTF8.GetBytes(text)) && fieldKey.SequenceEqual(FormatVectors.Bytes(test, "fieldKey")));
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

    /// <summary>A version is made of the one before: both versions of the published key stand under one root.</summary>
    private static void HashSuppressed(FormatVectors vectors, VectorReport report)
    {
        foreach (var test in vectors.Cases("suppression"))
        {
            var version = test.GetProperty("keyVersion").GetInt32();
            var hash = Encoding.UTF8.GetBytes(FormatVectors.Text(test, "normalized"));
            for (var step = 1; step <= version; step++)
            {
                using var root = new DataKey(vectors.Key("indexRoot"), step, KeyState.Active);
                var next = new byte[SuppressionHash.Size];
                SuppressionKey.Of(root, vectors.Tenant, "email", "email-v1").Compute(hash, next);
                hash = next;
            }

            report.Case($"suppression {version}", hash.AsSpan().SequenceEqual(FormatVectors.Bytes(test, "value")));
        }
    }
}
