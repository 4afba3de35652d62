using System.Reflection;
using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Encryption;

/// <summary>What a user in a hurry might try, and what becomes of it; the rest stands in the contracts.</summary>
public sealed class MisuseTests : IDisposable
{
    private static readonly FieldContext Email = new(TestKeys.Tenant, "crm", "contact", "email", "c-1");
    private static readonly DeterministicField<string> EmailField = new("crm", "contact", "email", 1_000_000);
    private readonly KeyRing _keys = TestKeys.Ring();

    private static IEnumerable<MethodInfo> PublicOperations => typeof(IFieldEncryptor).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == typeof(IFieldEncryptor).Namespace)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly));

    [Fact]
    public void No_public_operation_takes_a_nonce_a_tag_length_or_a_bare_key()
    {
        var parameters = PublicOperations.SelectMany(method => method.GetParameters()).ToList();

        Assert.NotEmpty(parameters);
        Assert.DoesNotContain(parameters, parameter => parameter.Name is "nonce" or "iv" or "tagSize" or "tagLength");
        Assert.DoesNotContain(parameters, parameter => parameter.ParameterType == typeof(SecretKey));
    }

    [Fact]
    public void No_public_operation_encrypts_or_decrypts_without_a_place()
    {
        var operations = PublicOperations.Where(method => method.Name.Contains("Encrypt", StringComparison.Ordinal) || method.Name.Contains("Decrypt", StringComparison.Ordinal)).ToList();

        Assert.True(operations.Count >= 12);
        Assert.Empty(operations.Where(method => !method.GetParameters().Any(IsPlace)).Select(method => $"{method.DeclaringType!.Name}.{method.Name}"));

        static bool IsPlace(ParameterInfo parameter) => parameter.ParameterType == typeof(FieldContext)
            || (parameter.ParameterType.IsGenericType && (parameter.ParameterType.GetGenericTypeDefinition() == typeof(DeterministicField<>)
                || parameter.ParameterType.ToString().Contains(nameof(FieldContext), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_key_that_the_header_names_is_the_only_one_that_is_tried()
    {
        var encryptor = new FieldEncryptor(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane, TestKeys.Omar]);
        var (jane, omar) = (encryptor.EncryptText(lease, TestKeys.Jane, Email, "x"), encryptor.EncryptText(lease, TestKeys.Omar, Email, "x"));

        omar.AsSpan(3, KeyId.Size).CopyTo(jane.AsSpan(3)); // the key that would open it lies in the same lease

        Assert.Equal(PrivacyErrorCode.DecryptionFailed, Assert.Throws<PrivacyException>(() => encryptor.DecryptText(lease, Email, jane)).Code);
    }

    [Fact]
    public void No_two_uses_of_a_data_key_have_one_key()
    {
        using var key = SecretKey.Generate();
        var name = EmailField.Name;
        var (randomized, deterministic) = (new byte[AesSiv.KeySize], new byte[AesSiv.KeySize]);
        FieldKey.Derive(key, EnvelopeHeader.SuiteAesGcm, TestKeys.Tenant, name, randomized);
        FieldKey.Derive(key, EnvelopeHeader.SuiteAesSiv, TestKeys.Tenant, name, deterministic);
        Span<byte> short01 = stackalloc byte[SecretKey.Size];
        FieldKey.Derive(key, EnvelopeHeader.SuiteAesGcm, TestKeys.Tenant, name, short01);

        Assert.False(short01.SequenceEqual(deterministic.AsSpan(0, SecretKey.Size)));
        Assert.False(short01.SequenceEqual(deterministic.AsSpan(SecretKey.Size)));
        Assert.NotEqual(randomized, deterministic);
        Assert.False(short01.SequenceEqual(key.Bytes));
    }

    [Fact]
    public async Task Clear_text_is_never_read_through_decryption()
    {
        var (encryptor, deterministic) = (new FieldEncryptor(_keys), Deterministic());
        using var lease = await _keys.OpenOwnersAsync(TestKeys.Tenant, [SharedKeys.Owner, DataKeyOwner.ForSubject(TestKeys.Jane)], create: true, CancellationToken.None);
        foreach (var text in (string[])["", "jane@example.com", new string('x', 200), "¡" + new string('x', 60), "正" + new string('正', 60)])
        {
            var bytes = Encoding.UTF8.GetBytes(text);

            Assert.Equal(PrivacyErrorCode.FormatUnknown, Assert.Throws<PrivacyException>(() => encryptor.DecryptText(lease, Email, bytes)).Code);
            Assert.Equal(PrivacyErrorCode.FormatUnknown, Assert.Throws<PrivacyException>(() => deterministic.Decrypt(lease, EmailField, bytes)).Code);
            Assert.Equal(PrivacyErrorCode.FormatUnknown, Assert.Throws<PrivacyException>(() => EnvelopeText.Decode(text)).Code);
            Assert.False(EnvelopeInfo.TryRead(bytes, out _));
        }
    }

    [Fact]
    public async Task One_value_that_does_not_open_costs_itself_alone_and_never_gives_anything_in_its_place()
    {
        var encryptor = new FieldEncryptor(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane, TestKeys.Omar]);
        var good = encryptor.EncryptText(lease, TestKeys.Jane, Email, "jane@example.com", Padding.ToMultipleOf(32));
        var altered = encryptor.EncryptText(lease, TestKeys.Jane, Email, "jane@example.com");
        altered[^1] ^= 1;
        var erased = encryptor.EncryptText(lease, TestKeys.Omar, Email, "omar@example.com");
        await _keys.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Omar]);

        var results = encryptor.TryDecryptTexts(lease, [(Email, good), (Email, altered), (Email, erased), (Email, "jane@example.com"u8.ToArray()), (Email.ForRecord("c-2"), good), (Email, good)]);

        Assert.Equal(
            [PrivacyErrorCode.None, PrivacyErrorCode.DecryptionFailed, PrivacyErrorCode.SubjectErased, PrivacyErrorCode.FormatUnknown, PrivacyErrorCode.DecryptionFailed, PrivacyErrorCode.None],
            results.Select(result => result.Error));
        Assert.All(results, result => Assert.Equal(result.Error == PrivacyErrorCode.None, result.Succeeded));
        Assert.Equal("jane@example.com", results[0].Value);
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, Assert.Throws<PrivacyException>(() => results[1].Value).Code);
        Assert.False(results[1].TryGetValue(out var none));
        Assert.Null(none);
        Assert.Equal("jane@example.com"u8.ToArray(), encryptor.TryDecrypt(lease, Email, good).Value);
        Assert.Equal("[decrypted] SubjectErased", $"{results[0]} {results[2]}");
        Assert.DoesNotContain("jane", System.Text.Json.JsonSerializer.Serialize(results), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => default(DecryptionResult<string>).Value);
        Assert.Throws<ArgumentNullException>(() => encryptor.TryDecryptText(null!, Email, good));
    }

    [Fact]
    public async Task No_error_names_the_value_the_record_or_the_person()
    {
        var (encryptor, deterministic) = (new FieldEncryptor(_keys), Deterministic());
        var (canary, context) = ("canary@example.com", Email.ForRecord("canary-record"));
        using var lease = await _keys.OpenOwnersAsync(TestKeys.Tenant, [SharedKeys.Owner, DataKeyOwner.ForSubject(new SubjectId("canary-subject"))], create: true, CancellationToken.None);
        var envelope = encryptor.EncryptText(lease, new SubjectId("canary-subject"), context, canary);
        var token = deterministic.Encrypt(lease, EmailField, canary);
        Action[] mistakes =
        [
            () => encryptor.DecryptText(lease, context.ForRecord("canary-other"), envelope),
            () => encryptor.DecryptText(lease, context, Encoding.UTF8.GetBytes(canary)),
            () => encryptor.DecryptText(lease, context, envelope.AsSpan(0, envelope.Length - 1)),
            () => encryptor.EncryptText(lease, new SubjectId("canary-absent"), context, canary),
            () => encryptor.EncryptText(lease, new SubjectId("canary-subject"), context, canary + "\ud800"),
            () => encryptor.Encrypt(lease, new SubjectId("canary-subject"), context, Encoding.UTF8.GetBytes(canary), new byte[3]),
            () => deterministic.Decrypt(lease, new DeterministicField<string>("crm", "contact", "phone", 1_000_000), token),
            () => deterministic.Decrypt(lease, new DeterministicField<Guid>("crm", "contact", "email"), token),
            () => deterministic.Encrypt(lease, EmailField, canary + "\ud800"),
            () => deterministic.Encrypt(lease, EmailField, canary, new byte[3]),
            () => RecordKey.Of(canary + "\ud800"),
            () => RecordKey.Of(canary + new string('x', 600)),
            () => EnvelopeText.Decode(canary),
        ];
        foreach (var mistake in mistakes)
        {
            var error = Assert.ThrowsAny<Exception>(mistake);

            Assert.DoesNotContain("canary", error.ToString().Split("\n   at ")[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_compressed_so_the_content_never_shows_in_the_length()
    {
        var encryptor = new FieldEncryptor(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);

        Assert.Equal(
            encryptor.EncryptText(lease, TestKeys.Jane, Email, new string('a', 4096)).Length,
            encryptor.EncryptText(lease, TestKeys.Jane, Email, Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(2048))).Length);
    }

    [Fact]
    public void Tags_are_compared_in_fixed_time()
    {
        string[] rooms = ["Cryptography", "Encryption"];
        string[] notSecret = ["EnvelopeText.cs", "CmsSignature.cs", "Timestamp.cs", "CertificateCheck.cs"]; // texts and certificates that anybody may see
        var files = rooms.SelectMany(room => Directory.GetFiles(Repository.Path("src", "Abm.Privacy", room), "*.cs")).ToList();

        Assert.DoesNotContain(files, file => !notSecret.Contains(Path.GetFileName(file)) && File.ReadAllText(file).Contains(".SequenceEqual(", StringComparison.Ordinal));
        foreach (var file in (string[])["AesSiv.cs", "KeyId.cs", "RecordSeal.cs"])
        {
            Assert.Contains("CryptographicOperations.FixedTimeEquals(", File.ReadAllText(files.Single(path => Path.GetFileName(path) == file)), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _keys.Dispose();

    private DeterministicEncryptor Deterministic() => new(_keys, new() { LeakageAccepted = "Duplicates must be found in a store that we do not run." });
}
