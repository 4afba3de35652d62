using System.Globalization;
using System.Text.RegularExpressions;
using Abm.Privacy.Consent;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>A marketer's questions, answered from the output alone.</summary>
public sealed partial class CampaignDayTests
{
    private const string Guid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    [Fact]
    public void Who_may_be_mailed_stands_in_the_output_with_the_first_three_and_their_laws()
    {
        var part = Between("Who may be mailed: ", "Why they may be mailed");

        Assert.StartsWith($"{day.First.Count("= permit"):N0} contacts", part, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(part, $@"\| {Guid} \| (EU|UK|US|CA|BR)"));
        Assert.Contains(" unsubscribe ", part, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_be_mailed_stands_in_the_output_with_every_reason_in_words_and_the_counts_of_the_file()
    {
        var part = Between("Who may not be mailed: ", "What the messages must contain");
        var denied = Decisions().Where(row => row[1] != "Permit").ToList();
        var codes = denied.SelectMany(row => row[2].Split("; ")).CountBy(code => code).ToDictionary();

        Assert.StartsWith($"{denied.Count:N0} contacts", part, StringComparison.Ordinal);
        Assert.InRange(codes.Count, 15, 40);
        Assert.All(codes, code =>
        {
            Assert.True(ReasonCodes.TryDescribe(code.Key, out var words), code.Key);
            Assert.Matches($@"\| {Regex.Escape(words)} +\| {code.Key} +\| {code.Value:N0} +\|", part);
        });
    }

    [Fact]
    public void What_the_messages_must_contain_stands_in_the_output_in_words_and_with_the_counts_of_the_file()
    {
        var part = Between("What the messages must contain", "written:");
        var permitted = Decisions().Where(row => row[1] == "Permit").ToList();
        var codes = permitted.SelectMany(row => row[4].Split("; ")).CountBy(code => code).ToDictionary();

        Assert.Equal(permitted.Count, codes[ObligationCodes.UnsubscribeLink]);
        Assert.InRange(codes.Count, 5, 10);
        Assert.All(codes, code =>
        {
            Assert.True(ObligationCodes.TryDescribe(code.Key, CultureInfo.InvariantCulture, out var words), code.Key);
            Assert.Matches($@"\| {Regex.Escape(words)} +\| {code.Key} +\| {code.Value:N0} +\|", part);
        });
    }

    [Fact]
    public void One_permit_and_one_denial_are_explained_by_rule_law_ledger_and_what_would_change_it()
    {
        Assert.Matches(
            $@"Explained: Contact point {Guid} may be mailed\. Whose law: \S+\. There is a valid consent \(rule \S+: [^)]*.*The ledger knows: .*consent to marketing\S* given \(by \w+, notice \S+\), 20\d\d-\d\d-\d\d \(which decides\);.* The message: .*unsubscribe link",
            day.First.Output);
        Assert.Matches(
            $@"Explained: Contact point {Guid} may not be mailed\. Whose law: \S+\. Consent was withdrawn \(rule \S+: GDPR 7\(3\).*The ledger knows: .*consent to \S+ withdrawn .*, 20\d\d-\d\d-\d\d \(which decides\);.* What would change it: a new consent with proof by the person",
            day.First.Output);
    }

    [Fact]
    public void A_second_day_over_the_same_files_adds_nothing_to_the_ledger_and_decides_the_same()
    {
        var (first, second) = (day.First, day.Second);
        Assert.Equal(first.Count("contacts stored"), first.Count("contact points registered today"));
        Assert.InRange(first.Count("consent events appended today"), 2000, 3000);
        Assert.Equal((0, 0, 0), (second.Count("contact points registered today"), second.Count("contacts whose profile was told or changed"), second.Count("consent events appended today")));
        Assert.InRange(second.Count("consent events that the ledger knew"), 1500, first.Count("consent events appended today"));
        Assert.Equal(day.LedgerEvents[0], day.LedgerEvents[1]);

        // all but the moment of the decision, which is the last cell
        Assert.Empty(Lines(day.SecondFiles["decisions.csv"]).Select(WithoutMoment).Except(Lines(day.FirstFiles["decisions.csv"]).Select(WithoutMoment)));
    }

    [Fact]
    public void Why_somebody_was_written_to_is_answered_from_the_record_on_the_day_and_on_the_next()
    {
        foreach (var (run, messages) in new[] { (day.First, 1), (day.Second, 2) })
        {
            Assert.Equal(messages, run.Count("messages on record"));
            Assert.InRange(run.Count("bytes of the oldest record"), 60, 128);
            Assert.Matches(@"Do the same facts and rules give it again\? +\| yes ", run.Output);
            Assert.Matches(@"Was it right, given what was known\? +\| yes ", run.Output);
            Assert.Matches(@"Was everything in the message that had to be\? +\| yes ", run.Output);
        }

        // the same message: its person was asked about on both days
        string Asked(SampleRun run) => Regex.Match(run.Output, $"why was contact point ({Guid}) written to on 2026-11-17").Groups[1].Value;
        Assert.NotEqual("", Asked(day.First));
        Assert.Equal(Asked(day.First), Asked(day.Second));
    }

    private static string WithoutMoment(string line) => line[..line.LastIndexOf(',')];

    /// <summary>The rows of decisions.csv; a law may hold a comma, and such a cell comes after those that are read here.</summary>
    private IEnumerable<string[]> Decisions() => Lines(day.FirstFiles["decisions.csv"]).Skip(1).Select(line => line.Split(','));

    private string Between(string start, string end)
    {
        var from = day.First.Output.IndexOf(start, StringComparison.Ordinal) + start.Length;
        Assert.True(from >= start.Length, $"'{start}' is not in the output.");
        return day.First.Output[from..day.First.Output.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
