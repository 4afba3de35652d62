using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Receipts;
using Abm.Privacy.Consent.Records;
using Abm.Privacy.Consent.Sending;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Consent;
using Abm.Privacy.Tests.Consent.Ledger;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The code of docs/consent.md, compiled and run. <see cref="DocsTests"/> compares the two, line by line.</summary>
public sealed class ConsentDocsSnippets : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new(LedgerSamples.Noon);
    private readonly TenantId tenant = TestKeys.Tenant;
    private readonly CancellationToken ct = CancellationToken.None;

    public ConsentDocsSnippets()
    {
        var services = new ServiceCollection();
        var archive = _folder.File("policies");
        var policy = SampleConsent.Policy;

        #region consent-register
        services.AddAbmPrivacy(privacy => privacy
            .AddEncryption(keys => keys.AllowVolatileKeys())
            .AddConsent(consent => consent
                .UsePolicy(policy)
                .UsePolicyArchive(archive)));   // every policy that decided, for replays
        #endregion

        services.AddSingleton<TimeProvider>(_time).AddSingleton(LedgerSamples.Catalog);
        services.AddSingleton<IConsentLedger>(provider => new MemoryConsentLedger(LedgerSamples.Catalog, new SuppressionHasher(provider.GetRequiredService<Abm.Privacy.Keys.KeyRing>()), _time));
        _services = services.BuildServiceProvider();
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Deciding()
    {
        var consent = _services.GetRequiredService<IConsentService>();
        var (contact, colleague) = (await RegisterAsync("jane@example.com", TestKeys.Jane), await RegisterAsync("omar@example.com", TestKeys.Omar));
        var lines = new List<string>();

        #region consent-decide
        ConsentDecision one = await consent.EvaluateAsync(tenant, contact, Purposes.Newsletter, Channel.Email, ct);
        ConsentDecision found = await consent.EvaluateAsync(tenant, EmailAddress.Parse("Jane@Example.com"), Purposes.Newsletter, Channel.Email, ct);   // by the blind index
        GroupDecision group = await consent.EvaluateAsync(tenant, [contact, colleague], new ConsentQuestion(Purposes.Newsletter, Channel.Email), campaign: "spring", ct);
        #endregion

        #region consent-explain
        foreach (var reason in one.Reasons)
        {
            lines.Add($"{reason.Code} by {reason.RuleId}, {string.Join(", ", reason.Law)}, on events {string.Join(", ", one.EvidenceOf(reason))}");
        }

        foreach (var set in group.Decisions[1].WhatWouldChange().Sets)
        {
            lines.Add(string.Join(" and ", set.Changes));   // consent.status = granted (Person) and ...
        }
        #endregion

        Assert.True(one.IsPermitted && found.IsPermitted);
        Assert.Equal([contact], group.Permitted);
        Assert.Contains(lines, line => line.Contains("consent.status = granted (Person)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendingAndReplaying()
    {
        var consent = _services.GetRequiredService<IConsentService>();
        var (recorder, replay) = (_services.GetRequiredService<DecisionRecorder>(), _services.GetRequiredService<DecisionReplay>());
        var contact = await RegisterAsync("jane@example.com", TestKeys.Jane);
        var decision = await consent.EvaluateAsync(tenant, contact, Purposes.Newsletter, Channel.Email, ct);
        var link = new Uri("https://example.com/unsubscribe/opaque-token");

        #region consent-plan
        var plan = new MessagePlan(contact, Purposes.Newsletter, Channel.Email)
        {
            UnsubscribeLink = link,
            OneClickUnsubscribe = OneClickUnsubscribe.For(link),
            SenderIdentity = "Acme GmbH, Berlin",
        };
        FulfilledMessage message = plan.Fulfil(decision, _time);   // or MessageRefusedException, which lists everything that is missing
        #endregion

        #region consent-record
        DecisionRecord record = await recorder.RecordAsync(tenant, message, ct);
        byte[] stored = record.ToBytes();                                      // 60 to 100 bytes, beside the subject's columns
        DecisionSubject subject = DecisionRecorder.SubjectOf(tenant, decision);
        #endregion

        _time.Advance(TimeSpan.FromDays(30));

        #region consent-replay
        ReplayResult why = await replay.ReplayAsync(subject, DecisionRecord.Parse(stored), ct);
        var (asKnown, asTrue) = (why.WasRightAsKnown, why.WasRightAsTrue);     // two questions, two answers
        var late = why.LateEvents.Where(item => item.MadeDifference);          // what came too late to be known
        #endregion

        Assert.Equal((true, true), (asKnown, asTrue));
        Assert.Empty(late);
        Assert.InRange(stored.Length, 40, 100);
    }

    [Fact]
    public async Task Comparing()
    {
        var (active, candidate) = (SampleConsent.Policy, ConsentPolicy.Parse(SampleConsent.Text.Replace("\"version\": \"1.0.0\"", "\"version\": \"1.1.0\"", StringComparison.Ordinal)));
        var campaign = new ConsentQuestion(Purposes.Newsletter, Channel.Email);
        var rows = new[] { SampleConsent.Consenting, SampleConsent.Stranger }.ToAsyncEnumerable();

        #region consent-diff
        var report = await PolicyDiff.CompareAsync(new CompiledConsentEvaluator(active), new CompiledConsentEvaluator(candidate), campaign, rows, maxSamples: 10, ct);
        var line = report.ToString();                                          // "... 1.1.0 would change 0 of 2 decisions"
        var shadow = new ShadowConsentEvaluator(new CompiledConsentEvaluator(active), new CompiledConsentEvaluator(candidate));   // answers by the active policy
        #endregion

        Assert.EndsWith("would change 0 of 2 decisions", line, StringComparison.Ordinal);
        Assert.True(shadow.Evaluate(SampleConsent.Consenting, campaign with { At = TestPolicy.Now }).IsPermitted);
    }

    [Fact]
    public async Task Receipts()
    {
        var ledger = _services.GetRequiredService<IConsentLedger>();
        var purposes = _services.GetRequiredService<PurposeCatalog>();
        var contact = await RegisterAsync("jane@example.com", TestKeys.Jane);
        var (signer, now) = (TestCertificates.Signer, _time.GetUtcNow());

        #region consent-receipt
        var settings = new ReceiptSettings(new ReceiptParty("controller", "Acme GmbH"), new Uri("https://example.com/privacy"), "https://example.com/preferences");
        var history = await ledger.FindHistoryAsync(tenant, contact, ct);
        ConsentReceipt receipt = ConsentReceipt.Create(history!, purposes.Find(Purposes.Newsletter)!, settings, now)!;
        byte[] signed = receipt.Sign(signer);
        ConsentReceipt verified = ConsentReceipt.Verify(signed, signer);       // before anything of it is read
        #endregion

        Assert.Equal(ConsentStatuses.Granted, verified.State);
    }

    private async Task<ContactPointId> RegisterAsync(string email, SubjectId subject)
    {
        var ledger = _services.GetRequiredService<IConsentLedger>();
        var point = await ledger.RegisterAsync(new ContactPointRegistration(tenant, subject, Channel.Email), EmailAddress.Parse(email));
        await ledger.AppendAsync(tenant, point.Id, new ProfileEvent { Jurisdiction = Jurisdictions.Germany, Zone = "Europe/Berlin", Age = 40, SubscriberType = SubscriberTypes.Corporate, OccurredAt = LedgerSamples.Noon.AddDays(-1), Origin = "crm" });
        if (subject == TestKeys.Jane)
        {
            await ledger.AppendAsync(tenant, point.Id, LedgerSamples.Granted(Purposes.Newsletter, -2));
        }

        return point.Id;
    }
}
