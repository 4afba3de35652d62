using System.Text;
using Abm.Privacy.Masking.Text;

namespace Abm.Privacy.Tests.Masking.Text;

/// <summary>Values that a name says are secret: in settings, connection strings, JSON, URLs and logs.</summary>
public class NamedSecretTests
{
    private static readonly TextRedactor WithoutUrls = new(new TextScanner(new TextScannerOptions { ExcludedKinds = { TextKind.Url } }));

    [Theory]
    [InlineData("Server=db;Password=hunter2;Encrypt=true", "Server=db;Password=[secret];Encrypt=true")]
    [InlineData("{\"user\":\"x\",\"client_secret\": \"a b,c\",\"n\":1}", "{\"user\":\"x\",\"client_secret\": \"[secret]\",\"n\":1}")]
    [InlineData("DB_PASSWORD='it is; long' next", "DB_PASSWORD='[secret]' next")]
    [InlineData("dbPassword=abc123 MyPaSsWoRd2 = abc123", "dbPassword=[secret] MyPaSsWoRd2 = [secret]")]
    [InlineData("password=[secret]abc password=\"*** abc\" pwd=***", "password=[secret] password=\"[secret]\" pwd=***")]
    [InlineData("[pwd=a]b][n=1] (pwd=abc). <pwd=abc>", "[pwd=[secret]][n=1] (pwd=[secret]). <pwd=[secret]>")]
    [InlineData("password    = hunter2, password:  hunter2, password:\thunter2, password\t=\tx", "password    = [secret], password:  [secret], password:\t[secret], password\t=\t[secret]")]
    [InlineData("Server=db;Password=hun ter2;User=sa", "Server=db;Password=[secret];User=sa")]
    [InlineData("Server=db; User Id=sa; Password=my pass,word; Encrypt=true", "Server=db; User Id=sa; Password=[secret]; Encrypt=true")]
    [InlineData("Connection string: Password=my pass;Server=db", "Connection string: Password=[secret];Server=db")]
    [InlineData("{:password=>\"hunter2\"}", "{:password=>\"[secret]\"}")]
    [InlineData("Password=ab,cdefgh;", "Password=[secret];")]
    [InlineData("Password=a&bcdefgh;", "Password=[secret];")]
    [InlineData("Password=ab; Password=abc was wrong; try again", "Password=[secret]; Password=[secret] was wrong; try again")]
    [InlineData("Password=\"ab\"\"cdefgh\";Pwd='ab''cd'", "Password=\"[secret]\";Pwd='[secret]'")]
    [InlineData("Driver={SQL};Pwd={hunter};UID=sa", "Driver={SQL};Pwd=[secret];UID=sa")]
    [InlineData("db_password1:9secret", "db_password1:[secret]")]
    [InlineData("password=abc-def.ghi", "password=[secret]")]
    [InlineData("pwd=\u00E9 pwd=\U0001F600 pwd: \u00E9\u00E9\u00E9", "pwd=[secret] pwd=[secret] pwd: [secret]")]
    [InlineData("api_key=3f2504e0-4f89-11d3-9a0c-0305e82c3301", "api_key=[secret]")]
    [InlineData("password := \"x\" and [\"password\"]=\"x\" and **Password:** hunter2", "password := \"[secret]\" and [\"password\"]=\"[secret]\" and **Password:** [secret]")]
    [InlineData("{\"password\"=>\"hunter2\"}", "{\"password\"=>\"[secret]\"}")]
    public void In_settings_it_ends_where_the_setting_ends(string text, string redacted) => Check(text, redacted);

    [Theory]
    [InlineData("log {\\\"apiKey\\\":\\\"abc123\\\"} end", "log {\\\"apiKey\\\":\\\"[secret]\\\"} end")]
    [InlineData("{\\u0022password\\u0022:\\u0022hunter2\\u0022}", "{\\u0022password\\u0022:\\u0022[secret]\\u0022}")]
    [InlineData("{\\\"password\\\":\\\"hun\\\\\\\"ter2\\\",\\\"n\\\":1}", "{\\\"password\\\":\\\"[secret]\\\",\\\"n\\\":1}")]
    [InlineData("{\\\\\\\"password\\\\\\\":\\\\\\\"hunter2\\\\\\\",\\\\\\\"n\\\\\\\":1}", "{\\\\\\\"password\\\\\\\":\\\\\\\"[secret]\\\\\\\",\\\\\\\"n\\\\\\\":1}")]
    [InlineData("{\\\"url\\\":\\\"?token=abc\\\"}", "{\\\"url\\\":\\\"?token=[secret]\\\"}")]
    [InlineData("{\"secret\":[\"abcdef\", \"gh]jkl\"],\"n\":1}", "{\"secret\":[\"[secret]\"],\"n\":1}")]
    [InlineData("{\"password\":\"a\",\"token\":\"abcdefgh\",\"Cookie\":\"a=b\",\"n\":\"c\"}", "{\"password\":\"[secret]\",\"token\":\"[secret]\",\"Cookie\":\"[secret]\",\"n\":\"c\"}")]
    [InlineData("{\"password\":[null, \"hunter2\"],\"n\":\"c\"}", "{\"password\":[null, \"[secret]\"],\"n\":\"c\"}")]
    [InlineData("{\"password\":\"hun\\\"ter2\",\"n\":1}", "{\"password\":\"[secret]\",\"n\":1}")]
    [InlineData("{\"password\":123456,\"n\":1}", "{\"password\":[secret],\"n\":1}")]
    public void In_json_of_any_depth_it_ends_with_its_quotes(string text, string redacted) => Check(text, redacted);

    [Theory]
    [InlineData("GET /r?sid=a&to=b&code=123#key=4 page", "GET /r?sid=[secret]&to=b&code=[secret]#key=[secret] page")]
    [InlineData("GET /x?token=3f2504e0-4f89-11d3-9a0c-0305e82c3301 HTTP/1.1", "GET /x?token=[secret] HTTP/1.1")]
    [InlineData("/cart;jsessionid=1A2B3C4D5E?x=1", "/cart;jsessionid=[secret]")]
    [InlineData("<a href='/r?x=1&amp;token=abc'>", "<a href='/r?x=1&amp;token=[secret]'>")]
    [InlineData("{\"path\":\"/x?token=\",\"status\":200,\"user\":\"bob\"}", "{\"path\":\"/x?token=\",\"status\":200,\"user\":\"bob\"}")]
    [InlineData("\"GET /cb?code= HTTP/1.1\" 200 \"GET /cb?code=\" 200 12 \"-\"", "\"GET /cb?code= HTTP/1.1\" 200 \"GET /cb?code=\" 200 12 \"-\"")]
    [InlineData("<a href=\"/x?key=\" class=\"big\">", "<a href=\"/x?key=\" class=\"big\">")]
    public void In_a_url_it_is_a_parameter(string text, string redacted) => Check(text, redacted);

    [Theory]
    [InlineData("postgres://u:p#ss@host/db amqp://user:p/ss@host redis://:p?ss@host", "postgres://[secret]@host/db amqp://[secret]@host redis://[secret]@host")]
    [InlineData("http://host:8080/path?to=a/b see http://host/@name", "http://host:8080/path?to=a/b see http://host/@name")]
    public void Credentials_of_a_url_end_at_its_host(string text, string redacted) => Assert.Equal(redacted, WithoutUrls.Redact(text));

    [Theory]
    [InlineData("a password is required, pwd: no, secretary=Ann")]
    [InlineData("at 12:34:56 code=7 sid=abc the key: none, secret santa: Jane, token=abc")]
    [InlineData("{\"password\":null,\"hasPassword\":false,\"secret\":{\"a\":\"b\"}}")]
    [InlineData("hasPassword: true, isSecret=false, requirePassword=False, apiKey=undefined, 'password': None, api-key: none")]
    [InlineData("SET \"Password\" = @p0, [u].[Password] = @__pw_0")]
    [InlineData("if (password==null) Where(password=>password.Length) Secret::Value")]
    [InlineData("POST /account/forgot-password: 200 OK ./secret:/run/secrets:ro")]
    [InlineData("Console.Write(\"Password:\"); var p = Read(\"x\");")]
    [InlineData("{\"labels\":[\"Password:\" , \"abc\"]}")]
    [InlineData("{\"password\":\"\",\"token\":12}")]
    [InlineData("Key [api-key]: rotated, [secret]=abc")]
    [InlineData("{\"note\":\"enter 'password':\",\"z\":\"y\"}")]
    [InlineData("{\"note\":\"the 'token':\",\"z\":\"y\"}")]
    public void What_is_no_value_stays(string text) => Check(text, text);

    [Fact]
    public void Of_an_array_within_an_array_nothing_is_left() =>
        Assert.DoesNotContain("hunter", TextRedactor.Default.Redact("{\"password\":[\"a\",[\"hunter2\"],{\"x\":\"hunter3\"}],\"n\":1}"), StringComparison.Ordinal);

    [Fact]
    public void Six_texts_of_json_within_one_another_are_read()
    {
        var (json, redacted) = ("{\"password\":\"hun\\\"ter\",\"x\":\"y\"}", "{\"password\":\"[secret]\",\"x\":\"y\"}");
        for (var depth = 0; depth < 6; depth++)
        {
            Check(json, redacted);
            (json, redacted) = ($"{{\"m\":\"{Escape(json)}\"}}", $"{{\"m\":\"{Escape(redacted)}\"}}");
        }

        static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_a_very_long_one_is_found_too()
    {
        var text = "{\"password\":\"" + string.Concat(Enumerable.Repeat("aaaa bbbb ", 8000)) + "TAIL SECRET\",\"x\":1}";
        Assert.DoesNotContain("aaaa", TextRedactor.Default.Redact(text), StringComparison.Ordinal);
        Assert.DoesNotContain("TAIL", TextRedactor.Default.Redact(text), StringComparison.Ordinal);
    }

    private static void Check(string text, string redacted)
    {
        Assert.Equal(redacted, TextRedactor.Default.Redact(text));
        Assert.Equal(redacted, TextRedactor.Default.Redact(redacted));
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        TextRedactor.Default.Redact(Encoding.UTF8.GetBytes(text), output);
        Assert.Equal(redacted, Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
