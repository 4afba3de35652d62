using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Records;
using Abm.Privacy.Consent.Sending;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent.Records;

public class DecisionRecordTests
{
    private const string Moment = "019cb323e500"; // 2026-03-03T10:00:00.000Z in 6 bytes
    private const string Policy = "000102030405060708090a0b0c0d0e0f";
    private const string Id = "019cb323e500700080000000000000aa";
    private const string Event = "019ca9d24a0070008000000000000001";

    private static readonly ContactPointId Jane = new(Guid.Parse("11111111-2222-4333-8444-555555555555"));

    private static readonly string Sent = "01" + "02" + Policy + Id + Moment + "00" + "01" + "0123456789abcdef" + "00" + "00" + "00" + "0000000000000012" + "02" + "07" + "01" + Event;

    private static readonly string Deferred = "01" + "79" + Policy + Id + Moment + "d00f" + "ac02" + "0123456789abcdef" + "03" + "8001" + "08"
        + "0000000000000001" + "ffffffffffffffff" + "00" + "00" + "05" + "fedcba9876543210";

    [Fact]
    public void A_permit_that_was_sent_has_the_published_bytes()
    {
        var record = new DecisionRecord
        {
            DecisionId = Guid.Parse(Id), Outcome = ConsentOutcome.Permit, PolicyHash = Policy, AsOf = Now, KnownAt = Now, MaskOf = new DecisionMask(new RuleMask(0x12), 1, false),
            KeyVersion = 1, FactsDigest = 0x0123456789abcdef, ObligationCount = 2, Fulfilled = 3, WasSent = true, Evidence = [Guid.Parse(Event)], EvidenceCount = 1,
        };

        Assert.Equal(Sent, Convert.ToHexStringLower(record.ToBytes()));
        Assert.True(record.IsFulfilled);
        var read = DecisionRecord.Parse(Convert.FromHexString(Sent));
        Assert.Equal((record.DecisionId, record.Outcome, record.PolicyHash, Now, Now), (read.DecisionId, read.Outcome, read.PolicyHash, read.AsOf, read.KnownAt));
        Assert.Equal((new RuleMask(0x12), true, 2, true), (read.Mask, read.HasMask, read.ObligationCount, read.IsFulfilled));
        Assert.Equal(record.Evidence, read.Evidence);
    }

    [Fact]
    public void A_deferral_with_much_behind_it_has_the_published_bytes()
    {
        var record = new DecisionRecord
        {
            DecisionId = Guid.Parse(Id), Outcome = ConsentOutcome.Defer, PolicyHash = Policy, AsOf = Now, KnownAt = Now.AddSeconds(1), MaskOf = new DecisionMask(new RuleMask(1, -1), 2, false),
            KeyVersion = 300, FactsDigest = 0x0123456789abcdef, Sends = new SendCounts(3, 128), OtherErrors = 8, UsesSpecialCategory = true, ChildDirected = true, EvidenceCount = 5, EvidenceDigest = 0xfedcba9876543210,
        };

        Assert.Equal(Deferred, Convert.ToHexStringLower(record.ToBytes()));
        var read = DecisionRecord.Parse(Convert.FromHexString(Deferred));
        Assert.Equal((new SendCounts(3, 128), 8, 300, Now.AddSeconds(1), 5), (read.Sends, read.OtherErrors, read.KeyVersion, read.KnownAt, read.EvidenceCount));
        Assert.Equal((new RuleMask(1, -1), true, true, false), (read.Mask, read.UsesSpecialCategory, read.ChildDirected, read.IsFulfilled));
        Assert.Empty(read.Evidence);
    }

    [Fact]
    public void What_was_cut_off_or_added_is_refused()
    {
        foreach (var golden in new[] { Sent, Deferred })
        {
            var bytes = Convert.FromHexString(golden);
            for (var length = 0; length < bytes.Length; length++)
            {
                AssertInvalid(bytes[..length]);
            }

            AssertInvalid([.. bytes, 0]);
        }
    }

    [Theory]
    [InlineData(0, 0)] // version
    [InlineData(0, 2)]
    [InlineData(1, 3)] // outcome
    [InlineData(62, 0x80)] // an obligation that is not there
    [InlineData(61, 0xff)] // too many obligations
    [InlineData(63, 0xff)] // more events than bytes
    public void What_no_record_can_say_is_refused(int index, byte value)
    {
        var bytes = Convert.FromHexString(Sent);
        bytes[index] = value;

        AssertInvalid(bytes);
    }

    [Fact]
    public void No_bytes_at_all_end_in_anything_but_the_typed_error()
    {
        var world = new ReplayWorld(7);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Convert.FromHexString(i % 2 == 0 ? Sent : Deferred);
            for (var j = 0; j <= world.Next(4); j++)
            {
                bytes[world.Next(bytes.Length)] = (byte)world.Next(256);
            }

            var error = Record.Exception(() => Assert.Equal(bytes, DecisionRecord.Parse(bytes).ToBytes()));
            Assert.True(error is null or PrivacyException { Code: PrivacyErrorCode.DecisionRecordInvalid }, error?.ToString());
        }
    }

    [Fact]
    public void A_number_has_one_form() => AssertInvalid(Convert.FromHexString(Sent.Replace("0123456789abcdef" + "00" + "00", "0123456789abcdef" + "8000" + "00", StringComparison.Ordinal)));

    [Fact]
    public void The_digest_of_facts_is_the_published_one()
    {
        using var key = new DecisionKey(SecretKey.FromBytes([.. Enumerable.Range(1, SecretKey.Size).Select(i => (byte)i)]), TestKeys.Tenant, 1);
        var subject = new DecisionSubject(TestKeys.Tenant, Jane, Purposes.Newsletter, Channel.Email);

        // HKDF-Expand and HMAC over the parts, computed apart from this library
        Assert.Equal("c4116457633bc2bf", FactDigest.Compute(key, subject, Question, Now, new ConsentFacts()).ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("76c85199cb443bbc", FactDigest.Compute(key, subject with { Campaign = "spring" }, Question, Now, new ConsentFacts
        {
            Jurisdiction = "EU/DE", ConsentStatus = "granted", ConsentDemonstrable = true, ObjectionAt = 1_700_000_000_000, SoftSimilar = false,
        }).ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_fact_and_everything_about_the_question_changes_the_digest()
    {
        using var key = new DecisionKey(ReplayWorld.Root, TestKeys.Tenant, 1);
        using var other = new DecisionKey(ReplayWorld.Root, TestKeys.Tenant, 2);
        var subject = new DecisionSubject(TestKeys.Tenant, Jane, Purposes.Newsletter, Channel.Email);
        var plain = new ConsentFacts();
        List<ulong> digests =
        [
            FactDigest.Compute(key, subject, Question, Now, plain),
            FactDigest.Compute(other, subject, Question, Now, plain),
            FactDigest.Compute(key, subject with { Tenant = new TenantId("other") }, Question, Now, plain),
            FactDigest.Compute(key, subject with { ContactPoint = ContactPointId.NewId() }, Question, Now, plain),
            FactDigest.Compute(key, subject with { Purpose = Purposes.Offer }, Question, Now, plain),
            FactDigest.Compute(key, subject with { Channel = Channel.Sms }, Question, Now, plain),
            FactDigest.Compute(key, subject with { Campaign = "spring" }, Question, Now, plain),
            FactDigest.Compute(key, subject, Question with { UsesSpecialCategory = true }, Now, plain),
            FactDigest.Compute(key, subject, Question with { ChildDirected = true }, Now, plain),
            FactDigest.Compute(key, subject, Question, Now.AddMilliseconds(1), plain),
            FactDigest.Compute(key, subject, Question, Now, plain with { Jurisdiction = "UK" }),
        ];
        foreach (var property in typeof(ConsentFacts).GetProperties().Where(property => property.Name is not (nameof(ConsentFacts.Key) or nameof(ConsentFacts.Jurisdiction) or "EqualityContract")))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            object value = type == typeof(bool) ? true : type == typeof(int) ? 5 : type == typeof(long) ? 5L : "granted";
            digests.Add(FactDigest.Compute(key, subject, Question, Now, RandomPolicies.With(plain, property, value)));
            if (property.PropertyType == typeof(bool?))
            {
                digests.Add(FactDigest.Compute(key, subject, Question, Now, RandomPolicies.With(plain, property, false)));
            }
        }

        Assert.Equal(digests.Count, digests.Distinct().Count());
    }

    [Fact]
    public async Task A_recorder_records_what_was_sent_and_archives_the_policy()
    {
        using var ring = TestKeys.Ring();
        var archive = new InMemoryPolicyArchive();
        var recorder = new DecisionRecorder(ring, archive);
        var policy = Of(Rule("p", "permit", """{"all":[]}""", "OK", ""","obligations":["SENDER_IDENTITY","POSTAL_ADDRESS"]"""));
        var decision = new ConsentEvaluator(policy, new ManualTime(Now)).Evaluate(new ConsentFacts { Key = Jane.ToString() }, Question);
        var message = new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { SenderIdentity = "Acme", PostalAddress = "1 Main St" }.Fulfil(decision, new ManualTime(Now));

        var planned = await recorder.RecordAsync(TestKeys.Tenant, decision);
        var sent = await recorder.RecordAsync(TestKeys.Tenant, message);

        Assert.Equal((decision.DecisionId, false, 2), (planned.DecisionId, planned.IsFulfilled, planned.ObligationCount));
        Assert.True(DecisionRecord.Parse(sent.ToBytes()).IsFulfilled);
        Assert.Equal(policy.Reference, (await archive.FindAsync(sent.PolicyHash))?.Reference);
        Assert.Equal(new DecisionSubject(TestKeys.Tenant, Jane, Purposes.Newsletter, Channel.Email), DecisionRecorder.SubjectOf(TestKeys.Tenant, decision));
    }

    [Fact]
    public async Task A_decision_without_facts_of_a_contact_point_has_no_record()
    {
        using var ring = TestKeys.Ring();
        var recorder = new DecisionRecorder(ring, new InMemoryPolicyArchive());
        var nobody = new ConsentEvaluator(Of(PermitAll)).Evaluate(new ConsentFacts(), Question);

        await Assert.ThrowsAsync<ArgumentException>(async () => await recorder.RecordAsync(TestKeys.Tenant, nobody));
        using var lease = await recorder.OpenAsync(TestKeys.Tenant, Of(PermitAll));
        var foreign = new ConsentEvaluator(Of()).Evaluate(new ConsentFacts { Key = Jane.ToString() }, Question);
        Assert.Throws<InvalidOperationException>(() => recorder.Record(lease, foreign));
    }

    [Fact]
    public void A_policy_with_more_rules_than_bits_is_recorded_by_its_answer()
    {
        var rules = Enumerable.Range(0, 300).Select(i => Rule($"r{i}", "forbid", """{"fact":"restricted","eq":true}""", $"R{i}")).Append(PermitAll).ToArray();
        var evaluator = new ConsentEvaluator(Of(rules));
        using var key = new DecisionKey(ReplayWorld.Root, TestKeys.Tenant, 1);
        var permit = Make(evaluator, key, new ConsentFacts { Key = Jane.ToString() });
        var denial = Make(evaluator, key, new ConsentFacts { Key = Jane.ToString(), Restricted = true });

        Assert.False(permit.HasMask);
        Assert.NotEqual(permit.Mask, denial.Mask);
        Assert.Equal(permit.Mask, Make(evaluator, key, new ConsentFacts { Key = Jane.ToString() }).Mask);
    }

    [Fact]
    public void As_many_events_as_fit_stand_in_a_record_and_more_as_a_digest()
    {
        Assert.True(DecisionRecordFormat.Fits(2, 1, 15));
        Assert.False(DecisionRecordFormat.Fits(3, 1, 0));
        Assert.False(DecisionRecordFormat.Fits(2, 2, 0));
        Assert.True(DecisionRecordFormat.Fits(0, 4, 63));
        Assert.NotEqual(DecisionRecordFormat.DigestOf([Guid.Parse(Event), Guid.Empty]), DecisionRecordFormat.DigestOf([Guid.Empty, Guid.Parse(Event)]));
    }

    private static DecisionRecord Make(ConsentEvaluator evaluator, DecisionKey key, ConsentFacts facts)
    {
        var decision = evaluator.Evaluate(facts, Question);
        return DecisionRecord.Parse(DecisionRecorder.Make(key, DecisionRecorder.SubjectOf(TestKeys.Tenant, decision), decision, false).ToBytes());
    }

    private static void AssertInvalid(byte[] bytes) =>
        Assert.Equal(PrivacyErrorCode.DecisionRecordInvalid, Assert.Throws<PrivacyException>(() => DecisionRecord.Parse(bytes)).Code);
}
