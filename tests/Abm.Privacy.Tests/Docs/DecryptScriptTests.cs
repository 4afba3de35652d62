using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The decryptor of docs/format.md, written in another language from that page alone, opens what this library writes.</summary>
public class DecryptScriptTests
{
    private static readonly FieldContext Context = new(TestKeys.Tenant, "crm", "contact", "email", "4:acme2:42");

    [Theory]
    [InlineData("jane.doe@example.com", 0, false)]
    [InlineData("", 0, true)]
    [InlineData("Łukasz Żółć 정", 32, true)]
    public async Task The_documented_script_opens_an_envelope_that_was_just_written(string text, int bucket, bool asText)
    {
        using var secret = SecretKey.Generate();
        var (hex, envelope) = Encrypt(secret, text, bucket);

        var run = await RunAsync(hex, asText ? EnvelopeText.Encode(envelope) : Convert.ToHexString(envelope));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(text, run.Output);
    }

    [Fact]
    public async Task The_documented_script_refuses_an_altered_envelope()
    {
        using var secret = SecretKey.Generate();
        var (hex, envelope) = Encrypt(secret, "x", 0);
        envelope[^1] ^= 1;

        var run = await RunAsync(hex, Convert.ToHexString(envelope));

        Assert.Equal((1, "DecryptionFailed"), (run.ExitCode, run.Error.Trim()));
    }

    private static (string Key, byte[] Envelope) Encrypt(SecretKey secret, string text, int bucket)
    {
        using var key = new DataKey(SecretKey.FromBytes(secret.Bytes), 1, KeyState.Active);
        var clear = Encoding.UTF8.GetBytes(text);
        var padding = bucket == 0 ? Padding.None : Padding.ToMultipleOf(bucket);
        var envelope = new byte[EnvelopeHeader.GcmOverhead + padding.GetPaddedLength(clear.Length)];
        FieldCipher.Of(key, Context).Encrypt(Context.Record, clear, envelope, padded: bucket > 0);
        return (Convert.ToHexString(secret.Bytes), envelope);
    }

    private static Task<ProcessRun> RunAsync(string key, string envelope)
    {
        var python = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(python is null, "Python 3 is not installed.");
        return ProcessRun.StartAsync(
            python!,
            [Repository.Path("docs", "decrypt.py"), key, envelope, Context.Tenant.Value, Context.Scope, Context.Entity, Context.Field, Context.Record],
            Repository.Path(),
            TimeSpan.FromMinutes(1));
    }
}
