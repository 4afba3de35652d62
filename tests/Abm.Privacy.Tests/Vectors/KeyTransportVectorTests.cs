using System.Security.Cryptography;
using System.Text.Json;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Tests.Vectors;

/// <summary>Wycheproof's cases for the two ways in which root keys travel.</summary>
public class KeyTransportVectorTests
{
    /// <summary>RFC 5649, section 6, first example: a 20-byte key under a 192-bit one.</summary>
    private const string WrappingKey = "5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8";
    private const string Key = "c37b7e6492584340bed12207808941155068f738";
    private const string Wrapped = "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a";

    [Fact]
    public void The_example_of_RFC_5649_agrees()
    {
        Assert.Equal(Wrapped, Convert.ToHexStringLower(AesKeyWrap.Wrap(Convert.FromHexString(WrappingKey), Convert.FromHexString(Key))));
        Assert.Equal(Key, Convert.ToHexStringLower(AesKeyWrap.Unwrap(Convert.FromHexString(WrappingKey), Convert.FromHexString(Wrapped))));
    }

    [Fact]
    public void AES_key_wrap_with_padding()
    {
        var report = new VectorReport("wycheproof/aes_kwp");
        var cases = 0;
        foreach (var (_, test) in Load("aes_kwp_test.json"))
        {
            cases++;
            var (wrappingKey, key, wrapped) = (Bytes(test, "key"), Bytes(test, "msg"), Bytes(test, "ct"));

            // up to 8 bytes it is another algorithm with a weaker check, which is never used here
            var agrees = test.GetProperty("result").GetString() == "valid" && key.Length > 8
                ? AesKeyWrap.Wrap(wrappingKey, key).SequenceEqual(wrapped) && AesKeyWrap.Unwrap(wrappingKey, wrapped).SequenceEqual(key)
                : Refused(() => AesKeyWrap.Unwrap(wrappingKey, wrapped));
            report.Case($"{test.GetProperty("tcId")}", agrees);
        }

        report.Finish();
        Assert.Equal(254, cases);
    }

    [Fact]
    public void RSA_OAEP()
    {
        var report = new VectorReport("wycheproof/rsa_oaep_2048_sha256");
        var (cases, labelled) = (0, 0);
        foreach (var (group, test) in Load("rsa_oaep_2048_sha256_mgf1sha256_test.json"))
        {
            cases++;
            using var privateKey = RSA.Create();
            privateKey.ImportPkcs8PrivateKey(Bytes(group, "privateKeyPkcs8"), out _);
            var (key, wrapped) = (Bytes(test, "msg"), Bytes(test, "ct"));

            // the platform has no label: what was encrypted under one must not open without it
            var hasLabel = Bytes(test, "label").Length > 0;
            labelled += hasLabel ? 1 : 0;
            var agrees = test.GetProperty("result").GetString() == "valid" && !hasLabel
                ? RsaOaep.Unwrap(privateKey, wrapped).SequenceEqual(key) && RsaOaep.Unwrap(privateKey, RsaOaep.Wrap(privateKey, key)).SequenceEqual(key)
                : Refused(() => RsaOaep.Unwrap(privateKey, wrapped));
            report.Case($"{test.GetProperty("tcId")}", agrees);
        }

        report.Finish();
        Assert.Equal((37, 8), (cases, labelled));
    }

    private static IEnumerable<(JsonElement Group, JsonElement Test)> Load(string file)
    {
        Assert.SkipWhen(VectorReport.Folder is null, "ABM_PRIVACY_VECTORS names no folder of published vectors.");
        var root = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(VectorReport.Folder!, "wycheproof", file))).RootElement;
        return from testGroup in root.GetProperty("testGroups").EnumerateArray()
            from test in testGroup.GetProperty("tests").EnumerateArray()
            select (testGroup, test);
    }

    private static bool Refused(Func<byte[]> unwrap)
    {
        try
        {
            unwrap();
            return false;
        }
        catch (PrivacyException error)
        {
            return error.Code == PrivacyErrorCode.DecryptionFailed;
        }
    }

    private static byte[] Bytes(JsonElement test, string name) => Convert.FromHexString(test.GetProperty(name).GetString()!);
}
