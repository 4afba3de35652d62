using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Records;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Consent.Ledger;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

public sealed class AddConsentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("abm-consent-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_policy_file_becomes_an_evaluator()
    {
        var path = Write("consent.json", Json(PermitAll));
        using var provider = Provider(privacy => privacy.AddConsent(consent => consent.UsePolicyFile(path)));

        var evaluator = provider.GetRequiredService<IConsentEvaluator>();

        Assert.True(evaluator.Evaluate(new ConsentFacts(), Question).IsPermitted);
        Assert.Same(evaluator, provider.GetRequiredService<IConsentEvaluator>());
        Assert.Same(evaluator.Policy, provider.GetRequiredService<ConsentPolicy>());
    }

    [Fact]
    public void Registering_twice_registers_nothing_twice_and_policies_add_up()
    {
        var path = Write("consent.json", Json(PermitAll));
        var services = new ServiceCollection();
        services.AddAbmPrivacy(privacy => privacy
            .AddConsent(consent => consent.UsePolicyFile(path))
            .AddConsent(consent => consent.UsePolicyFile(path).UsePolicy(Other("more", Rule("f", "forbid", """{"fact":"suppressed.all","eq":true}""", "NO")))));
        using var provider = services.BuildServiceProvider();

        var evaluator = Assert.Single(provider.GetServices<IConsentEvaluator>());

        Assert.Single(services, service => service.ServiceType == typeof(IValidateOptions<ConsentOptions>));
        Assert.Equal("more+test", evaluator.Policy.Reference.Id);
        Assert.True(evaluator.Evaluate(new ConsentFacts { SuppressedAll = true }, Question).HasReason("NO"));
    }

    [Fact]
    public void A_name_is_a_key_and_names_do_not_touch_one_another()
    {
        using var provider = Provider(privacy => privacy
            .AddConsent(consent => consent.UsePolicy(Of(PermitAll)))
            .AddConsent("strict", consent => consent.UsePolicy(Of())));

        Assert.True(provider.GetRequiredService<IConsentEvaluator>().Evaluate(new ConsentFacts(), Question).IsPermitted);
        Assert.False(provider.GetRequiredKeyedService<IConsentEvaluator>("strict").Evaluate(new ConsentFacts(), Question).IsPermitted);
        Assert.Single(provider.GetServices<IConsentEvaluator>());
    }

    [Fact]
    public void The_service_stands_on_the_ledger_and_records_on_an_archive_and_neither_is_registered_twice()
    {
        var (services, policy, strict) = (new ServiceCollection(), Of(PermitAll), Of());
        for (var i = 0; i < 2; i++)
        {
            services.AddAbmPrivacy(privacy => privacy
                .AddEncryption(keys => keys.AllowVolatileKeys())
                .AddConsent(consent => consent.UsePolicy(policy).UsePolicyArchive(Path.Combine(_folder.FullName, "archive")))
                .AddConsent("strict", consent => consent.UsePolicy(strict).UsePolicyArchive(_ => new InMemoryPolicyArchive())));
        }

        services.AddSingleton(LedgerSamples.Catalog);
        services.AddSingleton<IConsentLedger>(provider => new MemoryConsentLedger(LedgerSamples.Catalog, new SuppressionHasher(provider.GetRequiredService<KeyRing>()), TimeProvider.System));
        using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<IConsentService>());
        Assert.Single(provider.GetServices<DecisionReplay>());
        Assert.Same(provider.GetRequiredService<ConsentPolicy>(), provider.GetRequiredService<IConsentService>().Policy);
        Assert.Same(provider.GetRequiredKeyedService<ConsentPolicy>("strict"), provider.GetRequiredKeyedService<IConsentService>("strict").Policy);
        Assert.IsType<DirectoryPolicyArchive>(provider.GetRequiredService<IPolicyArchive>());
        Assert.IsType<InMemoryPolicyArchive>(provider.GetRequiredKeyedService<IPolicyArchive>("strict"));
        Assert.NotNull(provider.GetRequiredKeyedService<DecisionRecorder>("strict"));
    }

    [Fact]
    public void A_service_without_a_ledger_says_what_to_register()
    {
        using var provider = Provider(privacy => privacy.AddConsent(consent => consent.UsePolicy(Of(PermitAll))));

        Assert.Contains("AddConsentLedger", Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IConsentService>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_names_the_files()
    {
        var path = Write("consent.json", Json(PermitAll));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Privacy:Consent:PolicyFiles:0", path)]).Build();
        using var provider = Provider(privacy => privacy
            .AddConsent(configuration.GetSection("Privacy:Consent"))
            .AddConsent("again", configuration.GetSection("Privacy:Consent")));

        Assert.True(provider.GetRequiredService<IConsentEvaluator>().Evaluate(new ConsentFacts(), Question).IsPermitted);
        Assert.True(provider.GetRequiredKeyedService<IConsentEvaluator>("again").Evaluate(new ConsentFacts(), Question).IsPermitted);
    }

    [Fact]
    public async Task A_faulty_policy_stops_the_application_at_start_with_every_fault()
    {
        var first = Write("first.json", "{\n\"schema\":\"abm-privacy-policy/1\",\"id\":\"a\",\"version\":\"1.0.0\",\"rules\":[\n{\"id\":\"r\",\"effect\":\"permt\",\"reason\":\"X\",\"when\":{\"fact\":\"consent.statuss\",\"eq\":1}}]}");
        var second = Write("second.json", "{ nothing");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAbmPrivacy(privacy => privacy.AddConsent(consent => consent.UsePolicyFile(first).UsePolicyFile(second).UsePolicyFile("absent.json")));
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        var failures = error.Failures.ToList();
        Assert.Equal(4, failures.Count);
        Assert.Contains(failures, failure => failure.Contains(first, StringComparison.Ordinal) && failure.Contains("line 3, /rules/0/effect", StringComparison.Ordinal) && failure.Contains("'permit'", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("line 3, /rules/0/when/fact", StringComparison.Ordinal) && failure.Contains("'consent.status'", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains(second, StringComparison.Ordinal) && failure.Contains("not valid JSON", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("absent.json", StringComparison.Ordinal) && failure.Contains("does not exist", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_host_the_fault_appears_on_first_use()
    {
        using var provider = Provider(privacy => privacy.AddConsent());

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IConsentEvaluator>());

        Assert.Contains("UsePolicyFile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Policies_that_share_a_rule_are_refused_together()
    {
        using var provider = Provider(privacy => privacy.AddConsent(consent => consent.UsePolicy(Other("a", PermitAll)).UsePolicy(Other("b", PermitAll))));

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IConsentEvaluator>());

        Assert.Contains("more than one of the policies", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_path_is_also_looked_for_beside_the_application()
    {
        var name = $"consent-{Guid.NewGuid():N}.json";
        var beside = Path.Combine(AppContext.BaseDirectory, name);
        File.WriteAllText(beside, Json(PermitAll));
        try
        {
            Assert.Equal("test", ConsentPolicy.Load(name).Reference.Id);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    [Fact]
    public void One_policy_that_is_used_twice_counts_once()
    {
        var policy = Of(PermitAll);
        using var provider = Provider(privacy => privacy.AddConsent(consent => consent.UsePolicy(policy).UsePolicy(policy)));

        Assert.Same(policy, provider.GetRequiredService<ConsentPolicy>());
    }

    [Theory]
    [InlineData("PolicyFiles:1:Path", "forbid.json", ":PolicyFiles:1' is not a text")]
    [InlineData("PolicyFile:0", "forbid.json", "Did you mean 'PolicyFiles'?")]
    [InlineData("Consent:PolicyFiles:0", "forbid.json", "has 'Consent', which is not read")]
    [InlineData("PolicyFiles:1", null, ":PolicyFiles:1' is not a text")]
    public void A_configuration_that_would_be_ignored_in_part_is_a_fault(string key, string? value, string text)
    {
        var path = Write("ok.json", Json(PermitAll));

        Assert.Contains(text, ConfigurationFault(new("PolicyFiles:0", path), new(key, value)), StringComparison.Ordinal);
    }

    [Fact]
    public void One_text_in_place_of_a_list_of_files_is_a_fault()
    {
        Assert.Contains("[ … ]", ConfigurationFault(new KeyValuePair<string, string?>("PolicyFiles", "forbid.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_that_is_not_there_is_a_fault_that_names_it()
    {
        Assert.Contains("'Privacy:Consent'", ConfigurationFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_no_file_can_have_is_a_fault()
    {
        Assert.Contains("cannot be read", Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Load("a\0b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_current_directory_comes_before_the_applications()
    {
        var name = $"consent-{Guid.NewGuid():N}.json";
        var beside = Write(name, Json(PermitAll));

        Assert.Equal(beside, DocumentFile.Locate(name, _folder.FullName));
        File.WriteAllText(name, Json(PermitAll));
        try
        {
            Assert.Equal(name, DocumentFile.Locate(name, _folder.FullName));
        }
        finally
        {
            File.Delete(name);
        }
    }

    private static string ConfigurationFault(params KeyValuePair<string, string?>[] values)
    {
        var prefixed = values.Select(value => new KeyValuePair<string, string?>("Privacy:Consent:" + value.Key, value.Value));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(prefixed).Build();
        using var provider = Provider(privacy => privacy.AddConsent(configuration.GetSection("Privacy:Consent")));
        return Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IConsentEvaluator>()).Message;
    }

    private static ConsentPolicy Other(string id, params string[] rules) =>
        ConsentPolicy.Parse(Json(rules).Replace("\"test\"", $"\"{id}\"", StringComparison.Ordinal));

    private static ServiceProvider Provider(Action<PrivacyBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddAbmPrivacy(configure);
        return services.BuildServiceProvider();
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
