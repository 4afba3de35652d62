using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Packs;
using Abm.Privacy.EntityFrameworkCore.Consent.Audience;
using Abm.Privacy.Tests.Consent;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Consent;

/// <summary>The database gives every row the mask and the answer that the engine gives it, on every database.</summary>
public abstract partial class AudienceContract
{
    private static readonly int RowCount = Soak.IsOn ? 100_000 : 1_500;
    private static readonly int PolicyCount = Soak.IsOn ? 20 : 12;

    protected abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task Every_bit_is_the_one_of_the_interpreter()
    {
        await using var database = await NewDatabaseAsync();
        await using var context = await CreateAsync(database, Rows(RowCount));
        var rows = Rows(RowCount);
        var seen = new HashSet<(int Policy, int Word, int Bit)>();
        foreach (var (policy, index) in Policies(PolicyCount).Select((policy, index) => (policy, index)))
        {
            var question = new CompiledConsentEvaluator(policy).Prepare(Question);
            var program = question.FindProgram("EU/*")!;
            var words = await WordsAsync(context, question, program);

            for (var i = 0; i < rows.Count; i++)
            {
                var expected = InterpretedMask.Of(program, rows[i]);
                Assert.True(expected == words[i], $"policy {index}, row {i + 1}: the interpreter says {expected}, the database {words[i]}");
                seen.UnionWith(Enumerable.Range(0, 64).Where(bit => (expected.Word0 >> bit & 1) != 0).Select(bit => (index, 0, bit)));
            }
        }

        Assert.True(seen.Count > PolicyCount * 6, $"only {seen.Count} bits were ever set"); // else the equality says little
    }

    [Fact]
    public async Task Every_row_gets_the_answer_of_the_reference_evaluator_and_the_counts_are_their_sums()
    {
        await using var database = await NewDatabaseAsync();
        var rows = Rows(RowCount);
        await using var context = await CreateAsync(database, rows);
        foreach (var policy in Policies(PolicyCount))
        {
            var reference = new ConsentEvaluator(policy);
            var expected = rows.Select(row => reference.Evaluate(row, Question).Verdict).ToList();
            var audience = Audience(context, policy);

            var answers = new string[rows.Count];
            await foreach (var decision in audience.DecideAsync())
            {
                answers[decision.Key - 1] = Show(decision.Verdict);
            }

            var permitted = await audience.PermittedKeysAsync().ToListAsync();
            var withReasons = await audience.PermittedAsync().Select(decision => (decision.Key, Show(decision.Verdict))).ToListAsync();
            var counts = await audience.CountAsync();
            var sums = new DecisionCounts();
            expected.ForEach(verdict => sums.Add(verdict));

            Assert.Equal(expected.Select(Show), answers);
            Assert.Equal(Permitted(expected), permitted.Order());
            Assert.Equal(Permitted(expected).Select(key => (key, Show(expected[key - 1]))), withReasons.Order());
            Assert.Equal(sums.Reasons, counts.Reasons);
            Assert.Equal((sums.Total, sums.Permitted, sums.Deferred), (counts.Total, counts.Permitted, counts.Deferred));
        }
    }

    /// <summary>Rows as constraints would let them in: no code of no list, no instant out of range.</summary>
    [Fact]
    public async Task Over_checked_columns_a_shorter_statement_gives_the_same_answers()
    {
        await using var database = await NewDatabaseAsync();
        var rows = Rows(RowCount).Where(IsSound).ToList();
        await using var context = await CreateAsync(database, rows);
        Assert.True(rows.Count > 20, $"only {rows.Count} rows are sound");
        foreach (var (policy, question) in Policies(PolicyCount).Select(policy => (policy, Question)).Concat(ShippedQuestions()))
        {
            var reference = new ConsentEvaluator(policy);
            var prepared = new CompiledConsentEvaluator(policy).Prepare(question);
            var audience = context.Rows.AsConsentAudience(context, prepared, row => row.Id, StoredFacts.Selector, columnsAreChecked: true);

            var answers = await audience.DecideAsync().ToListAsync();
            var permitted = await audience.PermittedKeysAsync().ToListAsync();

            var expected = rows.Select(row => reference.Evaluate(row, question).Verdict).ToList();
            Assert.Equal(expected.Select(Show), answers.OrderBy(answer => answer.Key).Select(answer => Show(answer.Verdict)));
            Assert.Equal(Permitted(expected), permitted.Order());
        }
    }

    [Fact]
    public async Task The_shipped_packs_give_every_row_the_answer_of_the_reference_evaluator()
    {
        await using var database = await NewDatabaseAsync();
        var rows = Rows(RowCount);
        await using var context = await CreateAsync(database, rows);
        foreach (var (policy, question) in ShippedQuestions())
        {
            var reference = new ConsentEvaluator(policy);
            var audience = context.Rows.AsConsentAudience(context, new CompiledConsentEvaluator(policy).Prepare(question), row => row.Id, StoredFacts.Selector);

            var answers = await audience.DecideAsync().ToListAsync();

            var expected = rows.Select(row => reference.Evaluate(row, question).Verdict).ToList();
            Assert.Equal(expected.Select(Show), answers.OrderBy(answer => answer.Key).Select(answer => Show(answer.Verdict)));
            Assert.Equal(Permitted(expected), (await audience.PermittedKeysAsync().ToListAsync()).Order());
        }
    }

    [Fact]
    public async Task Facts_that_the_initializer_leaves_out_have_the_values_of_a_new_row()
    {
        await using var database = await NewDatabaseAsync();
        var rows = Rows(200);
        await using var context = await CreateAsync(database, rows);
        var policy = Of(PermitAll, Rule("s", "forbid", """{"fact":"consent.status","ne":"none"}""", "STATUS"), Rule("a", "forbid", """{"fact":"subject.age","lt":16}""", "YOUNG"));
        var facts = StoredFacts.Select(StoredFacts.Facts.Where(fact => fact.Name is nameof(ConsentFacts.SubjectAge) or nameof(ConsentFacts.Jurisdiction)));

        var counts = await context.Rows.AsConsentAudience(context, new CompiledConsentEvaluator(policy).Prepare(Question), row => row.Id, facts).CountAsync();

        Assert.Equal(0, counts.WithReason("STATUS"));
        Assert.Equal(rows.Count(row => row.SubjectAge < 16), counts.WithReason("YOUNG"));
        Assert.Equal(rows.Count(row => row.SubjectAge >= 16), counts.Permitted);
    }

    [Fact]
    public async Task An_expression_that_only_the_client_can_evaluate_is_refused()
    {
        await using var database = await NewDatabaseAsync();
        await using var context = await CreateAsync(database, Rows(5));
        var question = new CompiledConsentEvaluator(Of(PermitAll, Rule("f", "forbid", """{"fact":"contract","eq":true}"""))).Prepare(Question);
        var audience = context.Rows.AsConsentAudience(context, question, row => row.Id, row => new ConsentFacts { Contract = Odd(row.Id) });

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await audience.DecideAsync().ToListAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await audience.PermittedKeysAsync().ToListAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => audience.CountAsync());
    }

    [Fact]
    public async Task A_row_that_an_outer_join_did_not_find_denies()
    {
        await using var database = await NewDatabaseAsync();
        await using var context = await CreateAsync(database, Rows(40));
        var question = new CompiledConsentEvaluator(Of(PermitAll, Rule("s", "forbid", """{"fact":"suppressed.all","eq":true}""", "NO"))).Prepare(Question);
        var pairs = context.Rows.LeftJoin(context.Rows.Where(row => row.Id <= 20), row => row.Id, other => other.Id, (row, other) => new { row.Id, Other = other });
        var audience = pairs.AsConsentAudience(context, question, pair => pair.Id, pair => new ConsentFacts { SuppressedAll = EF.Property<bool>(pair.Other!, nameof(ConsentFacts.SuppressedAll)) }, columnsAreChecked: true);

        var answers = await audience.DecideAsync().ToDictionaryAsync(answer => answer.Key, answer => answer.Verdict);

        Assert.All(answers.Where(answer => answer.Key > 20), answer => Assert.True(answer.Value.Outcome == ConsentOutcome.Deny, $"{answer}"));
        Assert.Contains(answers, answer => answer.Key <= 20 && answer.Value.Outcome == ConsentOutcome.Permit);
        Assert.All(await audience.PermittedKeysAsync().ToListAsync(), key => Assert.InRange(key, 1, 20));
        Assert.Equal(answers.Values.Count(verdict => verdict.Outcome == ConsentOutcome.Permit), (await audience.CountAsync()).Permitted);
    }

    [Fact]
    public async Task More_places_than_there_are_fail_closed_and_never_end_the_process()
    {
        await using var database = await NewDatabaseAsync();
        var rows = Enumerable.Range(0, 3000).Select(i => new ConsentFacts { Jurisdiction = i == 0 ? "EU" : $"EU/X{i:D6}" }).ToList();
        await using var context = await CreateAsync(database, rows);

        var counts = await Audience(context, Of(PermitAll.Replace("\"when\"", "\"applies\":{\"jurisdiction\":\"EU\"},\"when\"", StringComparison.Ordinal))).CountAsync();

        Assert.Equal(3000, counts.Total);
        Assert.InRange(counts.Permitted, 1, 600);
        Assert.Equal(counts.Denied, counts.WithReason(ReasonCodes.FactError));
    }

    [Fact]
    public async Task A_context_with_the_nulls_of_databases_is_refused()
    {
        await using var database = await NewDatabaseAsync();
        await using var context = new StoredFactsContext(database.OptionsFor<StoredFactsContext>(options =>
        {
            var relational = options.Options.Extensions.OfType<Microsoft.EntityFrameworkCore.Infrastructure.RelationalOptionsExtension>().Single();
            ((Microsoft.EntityFrameworkCore.Infrastructure.IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension((dynamic)relational.WithUseRelationalNulls(true));
        }));

        Assert.Contains("UseRelationalNulls", Assert.Throws<NotSupportedException>(() => Audience(context, Of(PermitAll))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_rules_than_a_mask_has_bits_for_are_decided_in_process()
    {
        await using var database = await NewDatabaseAsync();
        var rows = Rows(300);
        await using var context = await CreateAsync(database, rows);
        string[] many = [.. Enumerable.Range(0, 200).Select(i => Rule($"f{i}", "forbid", $$"""{"fact":"subject.age","eq":{{i % 20}}}""", $"R{i}"))];
        var policy = Of([PermitAll, .. many]);
        var reference = new ConsentEvaluator(policy);

        var answers = await Audience(context, policy).DecideAsync().ToListAsync();

        Assert.Equal(rows.Select(row => Show(reference.Evaluate(row, Question).Verdict)), answers.OrderBy(answer => answer.Key).Select(answer => Show(answer.Verdict)));
    }

    [Fact]
    public async Task Rules_of_several_words_come_back_whole()
    {
        await using var database = await NewDatabaseAsync();
        var rows = Rows(300);
        await using var context = await CreateAsync(database, rows);
        string[] many = [.. Enumerable.Range(0, 110).Select(i => Rule($"f{i}", "forbid", $$"""{"fact":"subject.age","eq":{{i % 20}}}""", $"R{i}"))];
        var policy = Of([PermitAll, .. many]);
        var reference = new ConsentEvaluator(policy);

        var answers = await Audience(context, policy).DecideAsync().ToListAsync();

        Assert.Equal(rows.Select(row => Show(reference.Evaluate(row, Question).Verdict)), answers.OrderBy(answer => answer.Key).Select(answer => Show(answer.Verdict)));
    }

    protected static IReadOnlyList<ConsentFacts> Rows(int count) =>
        [.. RandomPolicies.Facts.Sample(count, new Rnd(7, 9), 50).Select((row, i) => i % 97 == 0 ? row with { FactErrors = 2 } : row)];

    private static IEnumerable<ConsentPolicy> Policies(int count) =>
        RandomPolicies.Rules.Sample(count, new Rnd(11, 13), 50).Select(rules => Of([PermitAll.Replace("\"all\":[]", "\"any\":[{\"fact\":\"contract\",\"eq\":true},{\"fact\":\"subject.age\",\"gt\":3}]", StringComparison.Ordinal), .. rules]));

    private static async Task<StoredFactsContext> CreateAsync(TestDatabase database, IReadOnlyList<ConsentFacts> rows, Action<DbContextOptionsBuilder>? configure = null)
    {
        var context = new StoredFactsContext(database.OptionsFor<StoredFactsContext>(configure));
        await context.Database.EnsureCreatedAsync();
        await context.AddAsync(rows);
        return context;
    }

    private static Abm.Privacy.EntityFrameworkCore.Consent.ConsentAudience<int> Audience(StoredFactsContext context, ConsentPolicy policy) =>
        context.Rows.AsConsentAudience(context, new CompiledConsentEvaluator(policy).Prepare(Question), row => row.Id, StoredFacts.Selector);

    private static async Task<RuleMask[]> WordsAsync(StoredFactsContext context, PreparedQuestion question, ConsentProgram program)
    {
        var substitution = new FactSubstitution(StoredFacts.Selector);
        var zones = (await context.Rows.Select(row => EF.Property<string?>(row, nameof(ConsentFacts.ContactZone))).Distinct().ToListAsync()).OfType<string>().ToList();
        var words = new List<List<long>>();
        for (var word = 0; word < program.WordCount; word++)
        {
            var body = substitution.Over(question.ToExpression(program, word, zones));
            words.Add(await context.Rows.OrderBy(row => row.Id)
                .Select(System.Linq.Expressions.Expression.Lambda<Func<StoredRow, long>>(body, StoredFacts.Selector.Parameters)).ToListAsync());
        }

        return [.. Enumerable.Range(0, words[0].Count).Select(row => RuleMask.Of([.. words.Select(word => word[row])]))];
    }

    private static IEnumerable<int> Permitted(List<ConsentVerdict> verdicts) =>
        Enumerable.Range(1, verdicts.Count).Where(key => verdicts[key - 1].Outcome == ConsentOutcome.Permit);

    private static IEnumerable<(ConsentPolicy Policy, ConsentQuestion Question)> ShippedQuestions()
    {
        var policy = ConsentPacks.Combine(ConsentPacks.All);
        yield return (policy, Question);
        yield return (policy, new ConsentQuestion(Purposes.Newsletter, Channel.Sms) { At = Now });
        yield return (policy, new ConsentQuestion(Purposes.AdAudience, Channel.AudienceUpload) { At = Now, UsesSpecialCategory = true, ChildDirected = true });
        yield return (policy, new ConsentQuestion(Purposes.AccountNotice, Channel.Email) { At = Now });
    }

    private static bool IsSound(ConsentFacts row) => FactRegistry.Default.Facts.All(fact => fact.Property!.DeclaringType != typeof(ConsentFacts) || fact.Property.GetValue(row) switch
    {
        null => true,
        string text when fact.Type == FactType.Code => fact.AllowedValues.Contains(text),
        long instant => instant is >= FactDefinition.EarliestInstant and <= FactDefinition.LatestInstant,
        _ => true,
    });

    private static bool Odd(int number) => (number & 1) == 1;

    private static string Show(ConsentVerdict verdict) =>
        $"{verdict.Outcome} {string.Join(' ', verdict.Reasons)} [{string.Join(' ', verdict.Obligations)}] {string.Join(' ', verdict.LawfulBases)} {string.Join(' ', verdict.Jurisdictions)}";
}

public class SqliteAudienceTests : AudienceContract
{
    protected override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}

public class PostgresAudienceTests(PostgresFixture server) : AudienceContract
{
    protected override async Task<TestDatabase> NewDatabaseAsync() => await server.CreateDatabaseAsync();
}
