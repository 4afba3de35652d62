using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Records;
using Abm.Privacy.Consent.Sending;
using QuickStart.Storage;

namespace QuickStart.Decisions;

/// <summary>One newsletter to one contact point: what it contains, checked against the decision, and the record that stays.</summary>
internal sealed class NewsletterMessage(DecisionRecorder recorder, TimeProvider time)
{
    /// <summary>Puts the message together and keeps its record; what a sender would do next is not done here.</summary>
    /// <exception cref="MessageRefusedException">The message lacks something that the decision demands.</exception>
    public async Task<FulfilledMessage> SendAsync(CrmContext context, ConsentDecision decision, CancellationToken cancellationToken)
    {
        var contactPoint = decision.ContactPoint!.Value;
        var link = new Uri($"https://www.abm.example/unsubscribe/{contactPoint}");
        var message = new MessagePlan(contactPoint, CampaignQuestion.Purpose, CampaignQuestion.Channel)
        {
            UnsubscribeLink = link,
            OneClickUnsubscribe = OneClickUnsubscribe.For(link),
            SenderIdentity = "ABM Example GmbH",
            PostalAddress = "ABM Example GmbH, Musterweg 1, 10115 Berlin, Germany",
            RightToObjectNoticeId = "objection-2026-05",
            Art14NoticeId = "article-14-2026-05",
        }.Fulfil(decision, time);
        var record = await recorder.RecordAsync(ContactDatabase.Tenant, message, cancellationToken);
        context.Add(new SentMessage { ContactPoint = contactPoint.Value, Record = record.ToBytes() });
        await context.SaveChangesAsync(cancellationToken);
        return message;
    }
}
