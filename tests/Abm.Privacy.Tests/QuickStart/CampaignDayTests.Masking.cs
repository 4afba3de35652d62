using System.Text;
using Abm.Privacy.Masking.Keyed;
using Abm.Privacy.Masking.Text;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>What is masked, for whom, and what of it is left.</summary>
public sealed partial class CampaignDayTests
{
    private const string Pseudonym = @"p1_[\w-]{22}";

    [Fact]
    public void Each_role_sees_the_same_contacts_in_its_own_way_and_the_most_restrictive_of_two_wins()
    {
        var run = day.First;
        Assert.Equal(run.Count("= masked"), run.Count("contacts looked at"));
        Assert.Matches(@"\| support-agent +\| D\*\*\* +\| j\*\*\*@shop\.example +\| \*\*\*56 +\| DE +\| \(nothing\)", run.Output);
        Assert.Matches(@"\| support-lead +\| Doe +\| jane\.doe@shop\.example +\| \+4930123456 +\| DE +\| \(nothing\)", run.Output);
        Assert.Matches($@"\| analyst +\| \(nothing\) +\| {Pseudonym} +\| \(nothing\) +\| DE +\|", run.Output);
        Assert.Matches($@"\| support-lead \+ analyst +\| \(nothing\) +\| {Pseudonym} +\| \(nothing\) +\| DE +\|", run.Output);
        Assert.Matches(@"\| intern +(\| \(nothing\) +){5}\|", run.Output);
        Assert.Matches($@"\| [\d,]+ +\| [^|]*\*\*\*@[^|]+\| \(in clear\) +\| ({Pseudonym}) +\| \1 +\| \(nothing\) +\|", run.Output);
    }

    [Fact]
    public void Who_saw_what_in_clear_is_on_record_as_class_and_count()
    {
        var lines = Lines(day.FirstFiles["clear-views.csv"].ReplaceLineEndings("\n"));

        Assert.Equal("viewer,roles,data_class,values_seen_in_clear", lines[0]);
        Assert.All(lines.Skip(1), line => Assert.Matches(@"^[a-z]+-\d,[a-z -]+(?:\+[a-z -]+)?,[a-z]+\.[a-z-]+,\d+$", line));

        // what a masked view shows because its class is declared clear is on record too; addresses, numbers and names only the lead sees
        Assert.All(lines.Where(line => line.Contains(",contact.email,", StringComparison.Ordinal) || line.Contains(",contact.phone,", StringComparison.Ordinal) || line.Contains(",person.name,", StringComparison.Ordinal)),
            line => Assert.StartsWith("lead-1,support-lead,", line, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"lead-1,support-lead,contact.email,{day.First.Count("contacts looked at")}", StringComparison.Ordinal));
        Assert.Equal(day.First.Count("values shown in clear, each on record"), lines.Skip(1).Sum(line => int.Parse(line.Split(',')[3], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.DoesNotContain(lines, line => line.StartsWith("intern", StringComparison.Ordinal));
    }

    [Fact]
    public void The_test_database_joins_and_has_no_address_number_id_or_note_of_the_list()
    {
        var run = day.First;
        Assert.Equal(run.Count("= imported"), run.Count("contacts copied"));
        Assert.Equal((run.Count("activities copied"), 0L), (run.Count("activities that find their contact, with the same address"), day.LostActivities));
        Assert.Equal(0, run.Count("originals found there"));
        Assert.InRange(run.Count("original e-mail addresses and phone numbers looked for"), run.Count("contacts copied"), int.MaxValue);

        var cells = day.TestContacts[0].Select(row => row.Split('|')).ToList();
        Assert.All(cells, row => Assert.Matches(@"^t1_[0-9a-f]{32}$", row[0]));
        Assert.All(cells, row => Assert.Matches(@"^[a-z]+\.[a-z]+\.\d{4}-[0-9a-f]{32}@example\.com$", row[2]));
        Assert.All(cells, row => Assert.Matches(@"^(\+999\d{8})?$", row[3]));
        Assert.All(cells, row => Assert.Equal("", row[5]));
        Assert.Equal(run.Count("contacts copied"), cells.DistinctBy(row => row[2]).Count());

        var file = day.FirstFiles["test-data.db"];
        var real = Cells([.. Ids, .. Persons, .. Accounts]).Where(cell => cell.Length >= LongEnough).ToList();
        Assert.InRange(real.Count, 2000, int.MaxValue);
        Assert.DoesNotContain(real, cell => file.Contains(cell, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_same_person_has_the_same_fake_on_another_day()
    {
        Assert.InRange(day.TestContacts[1].Count, 1000, day.TestContacts[0].Count);
        Assert.Empty(day.TestContacts[1].Except(day.TestContacts[0]));
        Assert.Equal(day.TestContacts[1].Count, day.Second.Count("contacts copied"));
    }

    [Fact]
    public void The_redacted_log_has_the_lines_of_the_log_and_none_of_its_values()
    {
        var (before, after) = (Lines(day.FirstFiles["app.log"]), Lines(day.FirstFiles["app.redacted.log"]));

        Assert.Equal(before.Length, after.Length);
        Assert.All(["jane.doe@shop.example", "192.0.2.55", "2001:db8::25", "23125 001", "s3cret", "GB82 WEST 1234", "4111 1111 1111 1111"], value =>
        {
            Assert.Contains(before, line => line.Contains(value, StringComparison.Ordinal));
            Assert.DoesNotContain(after, line => line.Contains(value, StringComparison.Ordinal));
        });
        Assert.Contains(after, line => line.Trim() == "recipient = [email]"); // what the inner exception carried in its data
        Assert.Contains(after, line => line.EndsWith("Opened /preferences from [ip-address]", StringComparison.Ordinal));
        Assert.Equal(0, day.First.Count("values found in the redacted file"));
        var masked = Lines(day.FirstFiles["app.masked.log"]);
        Assert.Equal(before.Length, masked.Length);
        Assert.All(masked, line => Assert.Equal(line, TextRedactor.Default.Redact(line)));
        Assert.Contains(masked, line => line.Trim() == "recipient = [email]");
        Assert.Equal(0, day.First.Count("values found where the logger masks"));
        Assert.Equal(string.Join('\n', after), TextRedactor.Default.Redact(string.Join('\n', before)));
    }

    /// <summary>Invented names may by chance be called like people of the list.</summary>
    private static bool IsInvented(string name) => InventedNames.Contains(name);

    private static readonly HashSet<string> InventedNames =
        [.. Enumerable.Range(0, FakeWords.FirstNames.Count).Select(i => Encoding.UTF8.GetString(FakeWords.FirstNames[i]))];
}
