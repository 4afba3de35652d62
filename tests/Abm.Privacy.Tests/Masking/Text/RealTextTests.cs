using System.Text;
using System.Text.Json;
using Abm.Privacy.Masking.Text;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Masking.Text;

/// <summary>Values as they stand in logs, JSON, paths and scripts without spaces.</summary>
public class RealTextTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] JsonNames = ["a", "password", "m", "token"];

    private static readonly string[] JsonParts =
    [
        "jane@x.com", "https://h.example/a?token=", "/r?code=", "password=", "\"password\":", "pwd: ", "abc", " ", " ", "\n", "\"", "'", "<", ">", "\\", "+", "\u00E9", ";", ",", "&key=1", ":", "=", "{", "}", "[", "]",
        "4111111111111111", "Bearer aB3dE6gh", "2001:db8::1", "\U0001F600", "redis://:p@h/0", "secret", "true", "eyJhbGciOi.eyJzdWIiOiIx.abc", "@",
    ];

    [Theory]
    [InlineData(@"{""m"":""x\n4111111111111111""}", @"{""m"":""x\n[payment-card]""}")]
    [InlineData(@"\t078-05-1123\u00224111111111111111\u0022", @"\t[us-ssn]\u0022[payment-card]\u0022")]
    [InlineData(@"{""m"":""a\njane@example.com""}", @"{""m"":""a\n[email]""}")]
    [InlineData(@"\nDE89370400440532013000 \rAKIAIOSFODNN7EXAMPLE", @"\n[iban] \r[api-key]")]
    [InlineData("\u53F7\u78014111111111111111\u7684 \u624B\u673A078-05-1123", "\u53F7\u7801[payment-card]\u7684 \u624B\u673A[us-ssn]")]
    [InlineData("SSN078-05-1123 CPF529.982.247-25 %B4111111111111111^DOE/JOHN^", "SSN[us-ssn] CPF[br-cpf] %B[payment-card]^DOE/JOHN^")]
    [InlineData("GET /users/17/4111111111111111 2024-01-15-4111111111111111", "GET /users/17/[payment-card] 2024-01-15-[payment-card]")]
    [InlineData("443/10.20.30.40 12-078-05-1123 529.982.247-25/2024", "443/[ip-address] 12-[us-ssn] [br-cpf]/2024")]
    [InlineData("+4111111111111111 REF-4111-1111-1111-1111 4111-1111-1111-1111-123", "+[payment-card] REF-[payment-card] [payment-card]-123")]
    [InlineData("+49 151 2345678 5kg and 020 7946 0958 4people", "[phone] 5kg and [phone] 4people")]
    [InlineData("redis://:hunter2@cache:6379/0", "[url]")]
    [InlineData("addr:2001:db8::1 src:fe80::1234 mac:00:1A:2B:3C:4D:5E", "addr:[ip-address] src:[ip-address] mac:[mac-address]")]
    [InlineData("john\u200B@example.com jo\u00ADhn@example.com", "[email] [email]")]
    [InlineData("Bearer abcdefghijklmnopqrst", "Bearer [api-key]")]
    [InlineData("GET /reset?token=8f4e&password=hunter2 HTTP/1.1", "GET /reset?token=[secret]&password=[secret] HTTP/1.1")]
    [InlineData("face:2001:db8:85a3:0:0:8a2e:370:7334 :1:8::1\u00DF<u:", "face:[ip-address] :[ip-address]\u00DF<u:")]
    [InlineData("ip:2001:db8:85a3::8a2e:370:7334 inet6 addr:fe80::a00:27ff:fe4e:66a1/64 Scope:Link", "ip:[ip-address] inet6 addr:[ip-address] Scope:Link")]
    [InlineData("src:2001:db8:1:2:3:4:5:6 dst:2001:db8::1 x:1 \"ip\":2001:db8:85a3::8a2e:370:7334,", "src:[ip-address] dst:[ip-address] x:1 \"ip\":[ip-address],")]
    [InlineData(@"{""m"":""Jane \u003Cjane@x.com\u003E \u0022jim@x.com\u0022 a\u002Bb@x.com j\u00FCrgen@x.com""}", @"{""m"":""Jane \u003C[email]\u003E \u0022[email]\u0022 [email] [email]""}")]
    [InlineData(@"{""m"":""see\nhttps://h.example/a and \u003Chttps://h.example/b\u003E""}", @"{""m"":""see\n[url] and \u003C[url]\u003E""}")]
    [InlineData(@"{""b"":""{\""p\"":\""\\u002B49 30 1234567\"",\""m\"":\""jane\\u002Bnews@example.com\"",\""n\"":\""\\u00FCmit@example.com\""}""}", @"{""b"":""{\""p\"":\""[phone]\"",\""m\"":\""[email]\"",\""n\"":\""[email]\""}""}")]
    [InlineData("https:\\/\\/h.example\\/r?x=1&resetToken=abc", "https:\\/\\/h.example\\/r?x=1&resetToken=[secret]")]
    public void It_is_found(string text, string redacted)
    {
        Assert.Equal(redacted, TextRedactor.Default.Redact(text));
        Assert.Equal(redacted, TextRedactor.Default.Redact(redacted));
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        TextRedactor.Default.Redact(Encoding.UTF8.GetBytes(text), output);
        Assert.Equal(redacted, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("2024-01-15 10:30:05.1234567 and 00:00:05.1234567 or 10:30:05.1234567+01:00")]
    [InlineData("5901234123457 and 4006381333931")]
    [InlineData("Chrome/120.0.0.0 Safari, oid 1.3.6.1.4.1.311 and 2.16.840.1.113883")]
    [InlineData("text length 10485760, ring buffer 1048576, reach 1000000 rows, dial tcp 1234567")]
    [InlineData(@"{""body"":""{\""from\"":\""Jane\"",\""note\"":\""@example.com\""}""}")]
    [InlineData(@"{""a"":""b"",""body"":""say \""@example.com\""""}")]
    [InlineData("20261122101500 build 20240115 size=12345678")]
    public void It_is_left_alone(string text) => Assert.Equal(text, TextRedactor.Default.Redact(text));

    [Fact]
    public void Json_whose_texts_are_redacted_in_place_is_json_still() =>
        Texts.ForAll(from texts in Gen.ArrayOf(Gen.ArrayOf(Gen.Elements(JsonParts)).Select(string.Concat)) from relaxed in Gen.Elements(true, false) select (texts, relaxed), given =>
        {
            var json = JsonSerializer.Serialize(given.texts.Select((text, i) => (Key: JsonNames[i % JsonNames.Length] + i, text)).ToDictionary(entry => entry.Key, entry => entry.text), given.relaxed ? Relaxed : null);
            var redacted = TextRedactor.Default.Redact(json);
            try
            {
                using var document = JsonDocument.Parse(redacted);
                Assert.Equal(given.texts.Length, document.RootElement.EnumerateObject().Count(member => member.Value.ValueKind == JsonValueKind.String));
            }
            catch (JsonException)
            {
                Assert.Fail($"{json}\n{redacted}");
            }
        }, 20_000);

    [Fact]
    public void A_number_that_a_serializer_wrote_is_found()
    {
        var json = JsonSerializer.Serialize("+4915112345678");
        Assert.Contains("\\u002B", json, StringComparison.Ordinal);
        Assert.Equal("\"[phone]\"", TextRedactor.Default.Redact(json));
    }

    [Fact]
    public void A_byte_that_is_no_utf8_hides_no_address()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        TextRedactor.Default.Redact([.. "john"u8, 0xFF, .. "@example.com"u8], output);
        Assert.Equal("[email]", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal("[email]", TextRedactor.Default.Redact("john\uD800@example.com"));
    }

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A\n\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n\tMIIEpAIBAAKCAQEA\n\t-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\nlQOYBF\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----")]
    public void A_private_key_is_found_whole_whatever_stands_between_its_lines(string key) =>
        Assert.Equal("key: [api-key] end", TextRedactor.Default.Redact($"key: {key} end"));

    [Fact]
    public void A_private_key_without_its_end_is_found_as_far_as_it_goes() =>
        Assert.Equal("[api-key]", TextRedactor.Default.Redact("-----BEGIN EC PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA\\nabc="));

    [Fact]
    public void An_allowed_domain_allows_nothing_else_in_its_url()
    {
        var redactor = new TextRedactor(new TextScanner(new TextScannerOptions { AllowedDomains = { "example.com" } }));
        Assert.Equal(
            "https://example.com/pay?card=[payment-card]&token=[secret]&ssn=[us-ssn] tel=[payment-card]@example.com jane@example.com",
            redactor.Redact("https://example.com/pay?card=4111111111111111&token=abc&ssn=078-05-1123 tel=4111111111111111@example.com jane@example.com"));
    }

    [Fact]
    public void A_secret_survives_a_url_inside_its_url()
    {
        var redactor = new TextRedactor(new TextScanner(new TextScannerOptions { ExcludedKinds = { TextKind.Url } }));
        Assert.Equal(
            "https://h.example/?q='http://[secret]@b.c/'&accessToken=[secret]&SAMLResponse=[secret]",
            redactor.Redact("https://h.example/?q='http://u:p@b.c/'&accessToken=abc&SAMLResponse=PHN"));
    }

    [Fact]
    public void A_pattern_ends_before_a_carriage_return()
    {
        var redactor = new TextRedactor(new TextScanner(new TextScannerOptions { Patterns = { ["own"] = "C[0-9]{6}$" } }));
        Assert.Equal("id [own]\r\nid [own]", redactor.Redact("id C123456\r\nid C123456"));
    }
}
