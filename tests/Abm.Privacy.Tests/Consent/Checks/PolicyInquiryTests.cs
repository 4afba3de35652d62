using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Checks;
using Abm.Privacy.Consent.Packs;
using FsCheck;
using FsCheck.Fluent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent.Checks;

/// <summary>"None" is said only when it is proved, and a witness is one.</summary>
public class PolicyInquiryTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260303, 11);

    private static readonly ConsentPolicy Packs = ConsentPacks.Combine(ConsentPacks.All);

    private static PolicyInquiry Newsletter(string condition, string? jurisdiction = null) =>
        new(Purposes.Newsletter, Channel.Email) { Condition = condition, Jurisdiction = jurisdiction };

    private static readonly bool[] Answers = [false, true];
    private static readonly bool?[] MaybeAnswers = [null, false, true];
    private static readonly int[] Counts = [-1, 0, 1, 2, 3];
    private static readonly int?[] MaybeCounts = [null, -1, 0, 1, 2, 3];

    public static TheoryData<string> Places { get; } = [.. Packs.Jurisdictions];

    [Theory]
    [MemberData(nameof(Places))]
    public void Nobody_who_objected_and_did_not_opt_in_later_is_ever_mailed(string place)
    {
        var answer = Packs.Ask(Newsletter("""{"all":[{"fact":"objection.at","exists":true},{"not":{"fact":"consent.grantedAt","gt":{"fact":"objection.at"}}}]}""", place));

        Assert.Equal(PolicyAnswerKind.None, answer.Kind);
        Assert.True(answer.Cases > 1000, answer.ToString());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void An_objection_alone_does_not_rule_mail_out_because_a_later_opt_in_lifts_it(string place)
    {
        var answer = Packs.Ask(Newsletter("""{"fact":"objection.at","exists":true}""", place));

        Assert.Equal(PolicyAnswerKind.Witness, answer.Kind);
        Assert.True(answer.Facts!.ConsentGrantedAt > answer.Facts.ObjectionAt);
        Assert.True(new ConsentEvaluator(Packs).Evaluate(answer.Facts, answer.Question!).IsPermitted);
    }

    [Theory]
    [InlineData("""{"fact":"suppressed.marketing","eq":true}""")]
    [InlineData("""{"fact":"suppressed.all","eq":true}""")]
    [InlineData("""{"fact":"suppressed.undeliverable","eq":true}""")]
    [InlineData("""{"fact":"account.suppressed","eq":true}""")]
    [InlineData("""{"fact":"restricted","eq":true}""")]
    [InlineData("""{"fact":"consent.status","eq":"withdrawn"}""")]
    [InlineData("""{"fact":"preference.topicWanted","eq":false}""")]
    [InlineData("""{"all":[{"fact":"message.childDirected","eq":true},{"not":{"fact":"subject.age","exists":true}},{"not":{"fact":"consent.parental","eq":true}}]}""")]
    [InlineData("""{"fact":"consent.method","in":["preticked","silence","bundled","import"]}""")]
    public void What_stops_marketing_stops_it_everywhere(string condition)
    {
        var answer = Packs.Ask(Newsletter(condition));

        Assert.Equal(PolicyAnswerKind.None, answer.Kind);
        Assert.NotEqual(PolicyAnswerKind.None, Packs.Ask(Newsletter("""{"all":[]}""")).Kind);
    }

    [Fact]
    public void In_France_an_import_alone_rules_nothing_out_since_interest_is_enough()
    {
        Assert.Equal(PolicyAnswerKind.Witness, Packs.Ask(Newsletter("""{"fact":"consent.method","eq":"import"}""", "EU/FR")).Kind);
    }

    [Fact]
    public void A_text_message_is_permitted_only_within_the_hours()
    {
        var texts = new PolicyInquiry(Purposes.Newsletter, Channel.Sms) { Jurisdiction = "US" };

        Assert.Equal(PolicyAnswerKind.Witness, Packs.Ask(texts).Kind);
        Assert.Equal(PolicyAnswerKind.None, Packs.Ask(texts with { Condition = """{"fact":"contact.zone","localTimeIn":["21:00","08:00"]}""" }).Kind);
        Assert.Equal(PolicyAnswerKind.Witness, Packs.Ask(texts with { Condition = """{"fact":"contact.zone","localTimeIn":["20:59","08:00"]}""" }).Kind);
        var night = new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.Zero); // 02:00 in Chicago
        Assert.Equal(PolicyAnswerKind.None, Packs.Ask(texts with { Condition = """{"all":[{"fact":"contact.zone","eq":"America/Chicago"},{"fact":"consent.written","eq":false}]}""", At = night }).Kind);
        Assert.Equal(PolicyAnswerKind.Witness, Packs.Ask(texts with { Condition = """{"fact":"contact.zone","eq":"Europe/Berlin"}""", At = night }).Kind);
    }

    /// <summary>The system knows zones that it does not list: second names, and those without a country.</summary>
    [Theory]
    [InlineData("US/Central", "2026-03-03T16:00:00Z", "08:00", "21:00")]
    [InlineData("Etc/GMT+12", "2026-03-03T20:15:00Z", "08:00", "08:30")]
    public void A_zone_that_is_not_listed_never_makes_a_proof(string zone, string at, string from, string to)
    {
        var policy = Of(Rule("p", "permit", $$"""{"all":[{"fact":"contact.zone","eq":"{{zone}}"},{"fact":"contact.zone","localTimeIn":["{{from}}","{{to}}"]}]}"""));
        var moment = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

        Assert.True(new ConsentEvaluator(policy).Evaluate(new ConsentFacts { ContactZone = zone }, Question with { At = moment }).IsPermitted);
        Assert.NotEqual(PolicyAnswerKind.None, policy.Ask(Newsletter("""{"all":[]}""") with { At = moment }).Kind);
        Assert.NotEqual(PolicyAnswerKind.None, policy.Ask(Newsletter("""{"all":[]}""")).Kind);
    }

    [Fact]
    public void Fixed_dates_need_a_moment()
    {
        var policy = Of(Rule("p", "permit", """{"all":[{"fact":"consent.grantedAt","gt":"2026-01-01T00:00:00Z"},{"fact":"consent.grantedAt","le":"@now"}]}"""));

        Assert.Equal(PolicyAnswerKind.Undecided, policy.Ask(Newsletter("""{"all":[]}""")).Kind);
        Assert.Equal(PolicyAnswerKind.None, policy.Ask(Newsletter("""{"all":[]}""") with { At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) }).Kind);
        Assert.Equal(PolicyAnswerKind.Witness, policy.Ask(Newsletter("""{"all":[]}""") with { At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, 1, TimeSpan.Zero) }).Kind);
    }

    [Theory]
    [InlineData("P1M", "P28D", PolicyAnswerKind.Undecided)]
    [InlineData("P1M", "P30D", PolicyAnswerKind.Undecided)]
    [InlineData("P2M", "P30D", PolicyAnswerKind.None)]
    [InlineData("P1M", "P50D", PolicyAnswerKind.Witness)]
    [InlineData("P12M", "P1Y", PolicyAnswerKind.None)]
    [InlineData("P100Y", "P101Y", PolicyAnswerKind.Witness)]
    public void Periods_whose_order_depends_on_the_month_prove_nothing(string shorter, string longer, PolicyAnswerKind expected)
    {
        var policy = Of(Rule("p", "permit", $$"""{"all":[{"fact":"implied.at","lt":"@now-{{shorter}}"},{"fact":"implied.at","gt":"@now-{{longer}}"}]}"""));

        Assert.Equal(expected, policy.Ask(Newsletter("""{"all":[]}""")).Kind);
    }

    [Fact]
    public void A_policy_without_a_permit_permits_nothing_and_one_outside_its_dates_proves_nothing_by_a_witness()
    {
        var dated = ConsentPolicy.Parse(Json(PermitAll).Replace("\"rules\"", "\"effectiveFrom\":\"2030-01-01T00:00:00Z\",\"rules\"", StringComparison.Ordinal));

        Assert.Equal(PolicyAnswerKind.None, Of(Rule("f", "forbid", """{"fact":"restricted","eq":true}""")).Ask(Newsletter("""{"all":[]}""")).Kind);
        Assert.Equal(PolicyAnswerKind.Undecided, dated.Ask(Newsletter("""{"all":[]}""")).Kind);
        Assert.Equal(PolicyAnswerKind.Witness, dated.Ask(Newsletter("""{"all":[]}""") with { At = dated.EffectiveFrom }).Kind);
    }

    [Fact]
    public void A_failed_provider_of_facts_is_never_a_witness()
    {
        var policy = Of(PermitAll);

        Assert.Equal(PolicyAnswerKind.None, policy.Ask(Newsletter("""{"fact":"facts.errors","ne":0}""")).Kind);
        Assert.Equal(PolicyAnswerKind.Witness, policy.Ask(Newsletter("""{"fact":"facts.errors","lt":3}""")).Kind);
    }

    [Fact]
    public void A_faulty_condition_is_refused_with_its_place()
    {
        var error = Assert.Throws<InvalidDocumentException>(() => Packs.Ask(Newsletter("""{"all":[{"fact":"objection","exists":true}]}""")));

        Assert.Equal("/all/0/fact", error.Faults[0].JsonPointer);
    }

    /// <summary>A proof of "none" against rows at random, and every witness against the evaluator and the condition.</summary>
    [Fact]
    public void On_random_policies_none_means_none()
    {
        var kinds = new Dictionary<PolicyAnswerKind, int>();
        Check.One(Fixed, Prop.ForAll(
            Arb.From(RandomPolicies.Rules.Select(rules => (string[])[.. rules, Rule("p", "permit", """{"any":[{"fact":"consent.status","eq":"granted"},{"fact":"contract","eq":true}]}""")])),
            Arb.From(RandomPolicies.Conditions),
            Arb.From(RandomPolicies.Facts.ListOf(25)),
            (rules, condition, rows) =>
            {
                var policy = Of(rules);
                var answer = policy.Ask(Newsletter(condition) with { At = Now });
                kinds[answer.Kind] = kinds.GetValueOrDefault(answer.Kind) + 1;
                return answer.Kind switch
                {
                    PolicyAnswerKind.None => rows.All(row => !IsPermitted(policy, condition, row with { Jurisdiction = null }, Question)),
                    PolicyAnswerKind.Witness => IsPermitted(policy, condition, answer.Facts!, answer.Question!),
                    _ => true,
                };
            }));

        Assert.True(kinds.GetValueOrDefault(PolicyAnswerKind.None) >= 10 && kinds.GetValueOrDefault(PolicyAnswerKind.Witness) > 20, string.Join(' ', kinds));
    }

    /// <summary>Few facts of few values: every row there is, against the search. It must find exactly what is there.</summary>
    [Fact]
    public void On_small_facts_the_search_and_every_row_there_is_agree()
    {
        string[] atoms =
        [
            """{"fact":"contract","eq":true}""", """{"fact":"account.onTargetList","eq":true}""", """{"fact":"account.onTargetList","exists":true}""",
            """{"fact":"b2b.related","eq":true}""", """{"fact":"soft.similar","eq":{"fact":"b2b.related"}}""", """{"fact":"soft.similar","ne":true}""",
            """{"fact":"sends.contact","ge":{"fact":"caps.contact"}}""", """{"fact":"sends.contact","gt":1}""", """{"fact":"caps.contact","le":1}""",
        ];
        var atom = Gen.Elements(atoms);
        var condition = Gen.Sized(size => Tree(Math.Min(size, 3)));
        Gen<string> Tree(int depth) => depth == 0 ? atom : Gen.OneOf(
            atom,
            Tree(depth - 1).Select(item => $$"""{"not":{{item}}}"""),
            from kind in Gen.Elements("all", "any") from a in Tree(depth - 1) from b in Tree(depth - 1) select $$"""{"{{kind}}":[{{a}},{{b}}]}""");
        var rule = from effect in Gen.Elements("permit", "forbid", "defer", "explain") from when in condition select (effect, when);
        var rows = Rows().ToList();
        var both = new HashSet<PolicyAnswerKind>();

        Check.One(Fixed.WithMaxTest(150), Prop.ForAll(Arb.From(rule.ListOf(4)), Arb.From(condition), (rules, given) =>
        {
            var policy = Of([.. rules.Select((item, i) => Rule($"r{i}", item.effect, item.when)), Rule("p", "permit", atoms[0])]);
            var answer = policy.Ask(Newsletter(given));
            both.Add(answer.Kind);
            return answer.Kind == (rows.Exists(row => IsPermitted(policy, given, row, Question)) ? PolicyAnswerKind.Witness : PolicyAnswerKind.None);
        }));
        Assert.True(both.Count == 2 && !both.Contains(PolicyAnswerKind.Undecided), string.Join(' ', both));

        // numbers around the only cut, and one more below and above, for two facts that are compared with one another
        static IEnumerable<ConsentFacts> Rows() =>
            from contract in Answers
            from target in MaybeAnswers
            from related in MaybeAnswers
            from similar in MaybeAnswers
            from sends in Counts
            from cap in MaybeCounts
            select new ConsentFacts { Contract = contract, AccountOnTargetList = target, BusinessRelated = related, SoftSimilar = similar, SendsContact = sends, CapsContact = cap };
    }

    /// <summary>Instants on the cut-offs and beside them, compared with the moment, with periods before it and with one another.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void On_instants_the_search_and_every_row_at_the_cut_offs_agree(bool atOneMoment)
    {
        var atom =
            from fact in Gen.Elements("consent.grantedAt", "objection.at", "source.collectedAt")
            from comparison in Gen.Elements("eq", "ne", "lt", "le", "gt", "ge")
            from operand in Gen.Elements("\"@now\"", "\"@now-P6M\"", """{"fact":"objection.at"}""", """{"fact":"source.collectedAt"}""")
            select $$"""{"fact":"{{fact}}","{{comparison}}":{{operand}}}""";
        var condition = from a in atom from b in atom from kind in Gen.Elements("all", "any") select $$"""{"{{kind}}":[{{a}},{"not":{{b}}}]}""";
        long?[] values = [null, 1, .. new[] { Now, Now.AddMonths(-6) }.SelectMany(cut => Enumerable.Range(-2, 5).Select(step => (long?)Ms(cut) + step)), Ms(Now.AddMonths(-3)), Ms(Now.AddYears(-9))];
        var rows = (from a in values from b in values from c in values select new ConsentFacts { ConsentGrantedAt = a, ObjectionAt = b, SourceCollectedAt = c }).ToList();
        var counts = new Dictionary<PolicyAnswerKind, int>();

        Check.One(Fixed.WithMaxTest(35), Prop.ForAll(Arb.From(condition), Arb.From(condition), Arb.From(condition), (permit, forbid, given) =>
        {
            var policy = Of(Rule("p", "permit", permit), Rule("f", "forbid", forbid));
            var answer = policy.Ask(Newsletter(given) with { At = atOneMoment ? Now : null });
            counts[answer.Kind] = counts.GetValueOrDefault(answer.Kind) + 1;
            var evaluator = new ConsentEvaluator(policy);
            var holds = new ConsentEvaluator(Of(Rule("c", "permit", given)));
            var exists = rows.Exists(row => evaluator.Evaluate(row, Question).IsPermitted && holds.Evaluate(row, Question).IsPermitted);
            return answer.Kind == (exists ? PolicyAnswerKind.Witness : PolicyAnswerKind.None);
        }));
        Assert.True(counts.GetValueOrDefault(PolicyAnswerKind.None) >= 10 && counts.GetValueOrDefault(PolicyAnswerKind.Witness) >= 10, string.Join(' ', counts));
    }

    private static bool IsPermitted(ConsentPolicy policy, string condition, ConsentFacts row, ConsentQuestion question)
    {
        var holds = Of(Rule("c", "permit", condition));
        return new ConsentEvaluator(policy).Evaluate(row, question).IsPermitted && new ConsentEvaluator(holds).Evaluate(row, question).IsPermitted;
    }
}
