using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Records;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent.Records;

/// <summary>What every archive of policies keeps.</summary>
public abstract class PolicyArchiveContract
{
    protected abstract IPolicyArchive Create();

    [Fact]
    public async Task What_was_saved_is_found_by_its_hash_and_by_the_start_of_it()
    {
        var archive = Create();
        var policy = Of(PermitAll);
        await archive.SaveAsync(policy);
        await archive.SaveAsync(policy);

        Assert.Equal(policy.Reference, (await archive.FindAsync(policy.Reference.Sha256))?.Reference);
        Assert.Equal(policy.Reference, (await archive.FindAsync(policy.Reference.Sha256[..32]))?.Reference);
        Assert.Null(await archive.FindAsync(policy.Reference.Sha256[..32] + new string('0', 32)));
        Assert.Null(await archive.FindAsync(new string('0', 32)));
    }

    [Fact]
    public async Task A_policy_of_several_documents_decides_as_before()
    {
        var archive = Create();
        var policy = ConsentPolicy.Combine(
            ConsentPolicy.Combine(ConsentPolicy.Parse(Json(PermitAll)), ConsentPolicy.Parse(Json(Rule("f", "forbid", """{"fact":"restricted","eq":true}""", "NO")))),
            ConsentPolicy.Parse(Json(Rule("g", "forbid", """{"fact":"suppressed.all","eq":true}""", "NEVER"))));
        await archive.SaveAsync(policy);
        var found = await archive.FindAsync(policy.Reference.Sha256[..32]);

        Assert.Equal(policy.Reference, found!.Reference);
        Assert.True(new ConsentEvaluator(found).Evaluate(new ConsentFacts { Restricted = true }, Question).HasReason("NO"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("../../etc/passwd/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEF")]
    public async Task What_is_no_hash_is_refused(string text) => await Assert.ThrowsAsync<ArgumentException>(async () => await Create().FindAsync(text));
}
