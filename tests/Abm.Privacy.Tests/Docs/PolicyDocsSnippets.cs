using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Checks;
using Abm.Privacy.Consent.Packs;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The code of docs/policy-language.md, compiled and run.</summary>
public class PolicyDocsSnippets
{
    [Fact]
    public void Packs()
    {
        var services = new ServiceCollection();

        #region policy-packs
        services.AddAbmPrivacy(privacy => privacy
            .AddConsent(consent => consent.UsePack(ConsentPacks.EuropeanUnion, ConsentPacks.UnitedKingdom)));
        #endregion

        Assert.Equal(["EU", "EU/DE", "EU/FR", "UK"], services.BuildServiceProvider().GetRequiredService<ConsentPolicy>().Jurisdictions);
    }

    [Fact]
    public void Testing()
    {
        var path = Repository.Path("src", "Abm.Privacy", "Consent", "Packs", "common.json");

        #region policy-tests
        var policy = ConsentPolicy.Load(path);
        PolicyTestReport report = policy.RunTests();
        var passed = report.Passed;          // every test answered as demanded
        var gaps = report.Uncovered;         // rules that no test saw true, or none saw false
        #endregion

        Assert.True(passed, report.ToString());
        Assert.NotEmpty(gaps);
    }

    [Fact]
    public void Asking()
    {
        var policy = ConsentPacks.Combine(ConsentPacks.EuropeanUnion);

        #region policy-ask
        PolicyAnswer answer = policy.Ask(new PolicyInquiry(Purposes.Newsletter, Channel.Email)
        {
            Jurisdiction = Jurisdictions.Germany,
            Condition = """
                {"all":[{"fact":"objection.at","exists":true},
                        {"not":{"fact":"consent.grantedAt","gt":{"fact":"objection.at"}}}]}
                """,
        });
        // "none in … cases"; without the second condition it is a witness: a row with an opt-in after the objection
        #endregion

        Assert.Equal(PolicyAnswerKind.None, answer.Kind);
    }

    [Fact]
    public void Signing()
    {
        using var folder = new TemporaryFolder();
        var (path, certificate) = (folder.File("consent.json"), TestCertificates.Signer);
        File.WriteAllText(path, ConsentPacks.Common.Document);
        var services = new ServiceCollection();

        #region policy-sign
        // once, by whoever answers for the policy
        File.WriteAllBytes(path + PolicySignature.FileExtension, PolicySignature.Sign(File.ReadAllBytes(path), certificate));

        // in the application, which knows the certificate alone
        services.AddAbmPrivacy(privacy => privacy
            .AddConsent(consent => consent.UsePolicyFile(path).RequireSignature(certificate)));
        #endregion

        Assert.Equal("abm-common", services.BuildServiceProvider().GetRequiredService<ConsentPolicy>().Reference.Id);
    }
}
