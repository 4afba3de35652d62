using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Consent;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>The id of a message stands for one message.</summary>
public abstract partial class SendGateContract
{
    [Theory]
    [InlineData("marketing.event", Channel.Email, "spring")]
    [InlineData("marketing.newsletter", Channel.Sms, "spring")]
    [InlineData("marketing.newsletter", Channel.Email, "Spring")]
    [InlineData("marketing.newsletter", Channel.Email, null)]
    public async Task Another_message_under_the_id_of_one_that_went_is_an_error_and_stays(string purpose, Channel channel, string? campaign)
    {
        var jane = await GrantedPointAsync("jane");
        var sent = new SendRequest(Tenant, jane, Newsletter) { Campaign = "spring" };
        var other = new SendRequest(Tenant, jane, new ConsentQuestion(new Purpose(purpose), channel)) { Campaign = campaign, SendId = sent.SendId };
        await NewGate().HandOverAsync(sent, WriteOutboxAsync);

        var error = await Assert.ThrowsAsync<PrivacyException>(() => NewGate().HandOverAsync(other, WriteOutboxAsync));

        Assert.Equal(PrivacyErrorCode.SendIdConflict, error.Code);
        Assert.Equal((1, 1), await CountsAsync());
        Assert.Equal(SendStatus.HandedOverBefore, (await NewGate().HandOverAsync(sent, WriteOutboxAsync)).Status);
        Assert.Equal(SendStatus.HandedOver, (await NewGate().HandOverAsync(sent with { ContactPoint = await GrantedPointAsync("omar") }, WriteOutboxAsync)).Status); // one id for a mailing
    }

    [Theory]
    [InlineData("")]
    [InlineData(" spring")]
    public void The_campaign_of_a_message_has_a_name_that_others_can_match(string campaign) =>
        Assert.Throws<ArgumentException>(() => new SendRequest(Tenant, ContactPointId.NewId(), Newsletter) { Campaign = campaign });
}
