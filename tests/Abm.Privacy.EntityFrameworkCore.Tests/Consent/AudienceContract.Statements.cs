using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Packs;
using Abm.Privacy.Tests.Consent;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Consent;

/// <summary>What the statements ask, and that they mean the same however they ask it.</summary>
public abstract partial class AudienceContract
{
    [Fact]
    public async Task Every_bit_of_the_shipped_packs_is_the_one_of_the_interpreter()
    {
        await using var database = await NewDatabaseAsync();
        var rows = Rows(400);
        await using var context = await CreateAsync(database, rows);
        foreach (var (policy, asked) in ShippedQuestions())
        {
            var question = new CompiledConsentEvaluator(policy).Prepare(asked);
            foreach (var place in new[] { "EU/DE", "UK", "CA", "US/CA" })
            {
                var program = question.FindProgram(place)!;

                var masks = await WordsAsync(context, question, program);

                Assert.Equal(rows.Select(row => InterpretedMask.Of(program, row, asked)), masks);
            }
        }
    }

    [Fact]
    public async Task Permitted_keys_ask_what_all_places_ask_once_and_outside_of_a_case()
    {
        await using var database = await NewDatabaseAsync();
        await using var context = await CreateAsync(database, [.. Places("EU/DE", "UK", "CA", "US/CA")], out var statements);

        await Shipped(context).PermittedKeysAsync().ToListAsync();

        Assert.DoesNotContain("CASE", statements[^1], StringComparison.Ordinal);
        Assert.Equal(2, statements[^1].Split(nameof(ConsentFacts.SuppressedAll)).Length);
    }

    [Fact]
    public async Task Key_and_mask_alone_come_back_where_the_mask_has_room_for_the_place()
    {
        await using var database = await NewDatabaseAsync();
        await using var context = await CreateAsync(database, [.. Places("EU/DE", "UK", "CA", "US/CA", "US/NY")], out var statements);

        var answers = await Shipped(context).DecideAsync().ToListAsync();

        var statement = statements[^1][statements[^1].IndexOf("SELECT", StringComparison.Ordinal)..];
        Assert.Equal(1, statement[..statement.IndexOf("CASE", StringComparison.Ordinal)].Count(c => c == ','));
        Assert.Equal(["CA", "EU/DE", "UK", "US/CA", "US/NY"], answers.SelectMany(answer => answer.Verdict.Jurisdictions).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Places_that_are_too_many_for_one_arm_come_back_by_name()
    {
        await using var database = await NewDatabaseAsync();
        string[] places = ["US/CA", "US/CO", "US/CT", "US/NY", "US/TX", "US/VA", "UK"];
        await using var context = await CreateAsync(database, [.. Places(places)], out var statements);
        var reference = new ConsentEvaluator(ConsentPacks.Combine(ConsentPacks.All));

        var answers = await Shipped(context).DecideAsync().ToListAsync();

        Assert.Contains("\"Place\"", statements[^1], StringComparison.Ordinal);
        Assert.Equal(Places(places).Select(row => Show(reference.Evaluate(row, Question).Verdict)), answers.OrderBy(answer => answer.Key).Select(answer => Show(answer.Verdict)));
        Assert.Equal(answers.Count(answer => answer.IsPermitted), (await Shipped(context).CountAsync()).Permitted);
    }

    private static IEnumerable<ConsentFacts> Places(params string[] places) => places.Select(place => new ConsentFacts { Jurisdiction = place });

    private static Abm.Privacy.EntityFrameworkCore.Consent.ConsentAudience<int> Shipped(StoredFactsContext context) =>
        Audience(context, ConsentPacks.Combine(ConsentPacks.All));

    private static Task<StoredFactsContext> CreateAsync(TestDatabase database, IReadOnlyList<ConsentFacts> rows, out List<string> statements)
    {
        var seen = new List<string>();
        statements = seen;
        return CreateAsync(database, rows, options => options.LogTo(Keep, [Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.CommandExecuting]));

        void Keep(string statement)
        {
            if (statement.Contains("FROM \"Rows\"", StringComparison.Ordinal))
            {
                seen.Add(statement);
            }
        }
    }
}
