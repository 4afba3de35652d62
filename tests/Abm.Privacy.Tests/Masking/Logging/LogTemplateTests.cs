using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Logging;
using Abm.Privacy.Masking.Text;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Tests.Masking.Logging;

public sealed class LogTemplateTests : IDisposable
{
    private const string Email = "jane.doe@example.com";

    private readonly CapturingProvider _provider = new();
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;

    public LogTemplateTests()
    {
        _factory = LoggerFactory.Create(logging => logging.AddProvider(_provider).AddPrivacyMasking());
        _logger = _factory.CreateLogger("Shop");
    }

    public void Dispose() => _factory.Dispose();

    [Theory]
    [InlineData("password: {Password}, user {User}", "password: {Password}, user {User}")]
    [InlineData("{{password}}: {Password,12:x}, {User}.", "{{password}}: {Password,12:x}, {User}.")]
    [InlineData("mail jane.doe@example.com or {{john@x.com}} of {Password} at {User}", "mail [email] or {{[email]}} of {Password} at {User}")]
    public void Placeholders_stay_when_a_template_is_redacted(string template, string expected)
    {
        _logger.LogInformation(template, "hunter2", "jo");

        Assert.Equal(expected, _provider.Values.Last().Value);
        Assert.DoesNotContain("hunter2", _provider.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"password\":\"hunter2\"}")]
    [InlineData("body {jane.doe@example.com}")]
    [InlineData("{\"to\":\"jane.doe@example.com\", \"password\":\"hunter2}")]
    public void Braces_of_an_interpolated_text_are_no_placeholders(string text)
    {
        _logger.LogInformation(text);

        Assert.DoesNotContain("hunter2", _provider.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Email, _provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_is_kept_unless_its_own_text_holds_personal_data()
    {
        var templates = new LogMasker(new LogMaskingOptions(), TextRedactor.Default).Templates;
        var (named, personal) = ("password: {Password}, user {User}", "mail jane.doe@example.com of {User}");

        Assert.Same(templates.Find(named), templates.Find(named));
        Assert.Same(named, templates.Format(named));
        Assert.NotSame(templates.Find(personal), templates.Find(personal));
    }

    [Theory]
    [InlineData("apikey={P}")]
    [InlineData("for {Other} X-Api-Key: {P} and more")]
    [InlineData("{{ \"client_secret\" : \"{P}\" }}")]
    [InlineData("Password1='{P}'")]
    [InlineData("{Other}pwd={P}")]
    [InlineData("GET /x?token={P}")]
    [InlineData("https://h/cb?code={P}&state=1")]
    [InlineData("{{\"token\":\"{P}\"}}")]
    [InlineData("Authorization: Bearer {P}")]
    [InlineData("postgres://bob:{P}@host/db")]
    public void A_value_behind_the_name_of_a_secret_is_hidden_by_itself_too(string template)
    {
        object[] values = template.Contains("Other", StringComparison.Ordinal) ? ["spring", "hunter2"] : ["hunter2"];
        _logger.LogInformation(template, values);
        using (_logger.BeginScope(template, values))
        {
            _logger.LogInformation("in scope");
        }

        Assert.Equal("***", _provider.Values.First(pair => pair.Key == "P").Value);
        Assert.DoesNotContain("hunter2", _provider.All, StringComparison.Ordinal);
        Assert.True(values.Length == 1 || _provider.Values.First().Value is "spring");
    }

    [Theory]
    [InlineData("Password: {P}", "correct horse battery staple")]
    [InlineData("Password: {P}", "ab")]
    [InlineData("apikey={P}", "hunter2,tail9")]
    [InlineData("password: '{P}'", " x y")]
    public void Nothing_of_it_stands_in_the_line(string template, string value)
    {
        _logger.LogInformation(template, value);
        LogShapes.Secret(_logger, value);
        _logger.LogInformation("password={P}", new InvalidOperationException(value));
        _logger.LogInformation("password={P}", (object)new[] { value });

        Assert.Equal([template.Replace("{P}", "***", StringComparison.Ordinal), "apikey= *** end", "password=***", "password=***"], _provider.Messages);
    }

    [Theory]
    [InlineData("Connecting to {P} now", "Password=my pass word;Server=db", "Connecting to Password=[secret];Server=db now")]
    [InlineData("Key {P}: rotated", "AKIAIOSFODNN7EXAMPLE", "Key [api-key]: rotated")]
    [InlineData("{P}=node-17 done", "AKIAIOSFODNN7EXAMPLE", "[api-key]=node-17 done")]
    public void The_line_is_masked_as_its_values_are(string template, string value, string line)
    {
        _logger.LogInformation(template, value);

        Assert.Equal(line, _provider.Messages.Single());
    }

    [Theory]
    [InlineData("apikey {P}")]
    [InlineData("keyboard={P}")]
    [InlineData("apikey= {{}} {P}")]
    [InlineData("={P}")]
    public void A_value_behind_other_text_is_not(string template)
    {
        _logger.LogInformation(template, "spring");

        Assert.Equal("spring", _provider.Values.First().Value);
    }

    [Fact]
    public void A_value_that_masks_itself_shows_what_it_shows_behind_the_name_of_a_secret()
    {
        _logger.LogInformation("apikey={P} secret={Q}", Mask.Lazy(Email, Mask.Email), null);

        Assert.Equal(["j***@example.com", null], _provider.Values.Take(2).Select(pair => pair.Value));
    }

    [Fact]
    public void A_password_behind_its_name_is_found_in_the_message_of_an_exception()
    {
        _logger.LogError(new InvalidOperationException("cannot open Server=db;User=shop;password=hunter2;Pooling=true"), "failed");

        Assert.Equal("cannot open Server=db;User=shop;password=[secret];Pooling=true", Assert.Single(_provider.Exceptions).Message);
        Assert.DoesNotContain("hunter2", _provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_split_over_placeholders_is_masked_in_the_line_and_not_by_itself()
    {
        _logger.LogInformation("card {First}{Second}", "41111111", "11111111");

        Assert.Equal("card [payment-card]", Assert.Single(_provider.Messages));
        Assert.Equal("41111111", _provider.Values.First().Value);
    }
}
