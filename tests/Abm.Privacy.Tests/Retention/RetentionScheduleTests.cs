using System.Text;
using System.Text.Json;
using Abm.Privacy.Classification;
using Abm.Privacy.Retention;

namespace Abm.Privacy.Tests.Retention;

public class RetentionScheduleTests
{
    private const string Document = """
        {
          "schema": "abm-privacy-retention/1",
          "id": "marketing",
          "version": "2026-01",
          "zone": "Europe/Berlin",
          "rules": [
            {
              "id": "inactive-contact",
              "authority": "GDPR Article 5(1)(e); marketing policy 4.2",
              "classes": ["contact", "person"],
              "kind": "dispose-after",
              "anchor": "last-activity",
              "period": "P24M",
              "action": "anonymize"
            },
            {
              "id": "invoices",
              "authority": "\u00a7 147 AO",
              "classes": ["payment"],
              "kind": "keep-then-dispose",
              "anchor": "custom:invoice-issued",
              "period": "P8Y",
              "zone": "Europe/Vienna",
              "action": "delete"
            },
            {
              "id": "proof-of-consent",
              "authority": "GDPR Article 7(1)",
              "classes": ["consent"],
              "kind": "keep-at-least",
              "anchor": "consent-withdrawn",
              "period": "P3Y"
            },
            { "id": "accounts", "authority": "Policy 1", "classes": ["account"], "kind": "keep-forever" }
          ]
        }
        """;

    private static readonly RetentionSchedule Schedule = Parse(Document);

    [Fact]
    public void A_schedule_is_read()
    {
        Assert.Equal(("marketing", "2026-01"), (Schedule.Id, Schedule.Version));
        Assert.Equal(["accounts", "inactive-contact", "invoices", "proof-of-consent"], Schedule.Rules.Select(rule => rule.Id));

        var inactive = Schedule.Rules[1];
        Assert.Equal(
            (RetentionKind.DisposeAfter, RetentionAnchor.LastActivity, new CalendarPeriod(months: 24), "Europe/Berlin", DisposalAction.Anonymize),
            (inactive.Kind, inactive.Anchor!.Value, inactive.Period!.Value, inactive.Zone, inactive.Action!.Value));
        Assert.Equal([new DataClass("contact"), new DataClass("person")], inactive.DataClasses);
        Assert.Equal("GDPR Article 5(1)(e); marketing policy 4.2", inactive.Authority);

        var invoices = Schedule.Rules[2];
        Assert.Equal((RetentionKind.KeepThenDispose, RetentionAnchor.Custom("invoice-issued"), "Europe/Vienna"), (invoices.Kind, invoices.Anchor!.Value, invoices.Zone));
        Assert.Equal((RetentionKind.KeepAtLeast, (DisposalAction?)null), (Schedule.Rules[3].Kind, Schedule.Rules[3].Action));
        Assert.Equal((RetentionKind.KeepForever, null, null, null), (Schedule.Rules[0].Kind, Schedule.Rules[0].Anchor, Schedule.Rules[0].Period, Schedule.Rules[0].Zone));
    }

    [Fact]
    public void The_digest_is_frozen() =>
        Assert.Equal("57f2712687b737b127fa1cf9bd9d81532b73aaf7972bee3941b5bf6b8b31dcfa", Schedule.Digest);

    [Fact]
    public void The_digest_ignores_order_and_layout_and_nothing_else()
    {
        using var json = JsonDocument.Parse(Document);
        var reversed = new RetentionSchedule("marketing", "2026-01", Schedule.Rules.Reverse());

        Assert.Equal(Schedule.Digest, Parse(JsonSerializer.Serialize(json)).Digest);
        Assert.Equal(Schedule.Digest, reversed.Digest);
        Assert.NotEqual(Schedule.Digest, Parse(Document.Replace("P24M", "P25M", StringComparison.Ordinal)).Digest);
        Assert.NotEqual(Schedule.Digest, Parse(Document.Replace("Policy 1", "Policy 2", StringComparison.Ordinal)).Digest);
        Assert.NotEqual(Schedule.Digest, Parse(Document.Replace("2026-01", "2026-02", StringComparison.Ordinal)).Digest);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Schedule.WriteJson(writer);
        }

        Assert.Equal(Schedule.Digest, RetentionSchedule.Parse(stream.ToArray(), "written").Digest);
    }

    [Fact]
    public void Every_fault_is_listed_with_line_pointer_and_mend()
    {
        var error = Assert.Throws<InvalidDocumentException>(() => Parse("""
            {
              "schema": "abm-privacy-retention/2",
              "id": "",
              "zone": "Mars/Phobos",
              "comment": "me",
              "rules": [
                7,
                { "id": "a", "authority": "x", "classes": ["Contact", 1], "kind": "dispose-after",
                  "anchor": "birthday", "period": "PT24H" },
                { "id": "a", "classes": [], "kind": "keep-forever", "period": "P1Y",
                  "zone": "UTC" },
                { "id": "b", "authority": "x", "classes": ["contact"], "kind": "keep" },
                { "id": "c", "authority": "x", "classes": ["contact"], "kind": "keep-at-least",
                  "anchor": "last-activity", "action": "delete" },
                { "id": "d", "authority": "x", "classes": ["contact"], "kind": "dispose-after", "anchor": "last-activity", "period": "P1D", "action": "burn" }
              ]
            }
            """));

        Assert.Equal(PrivacyErrorCode.ScheduleInvalid, error.Code);
        Assert.Equal("test.json", error.DocumentSource);
        Assert.Equal(
            [
                (1, ""), (2, "/schema"), (3, "/id"), (4, "/zone"), (5, "/comment"), (7, "/rules/0"),
                (8, "/rules/1"), (8, "/rules/1/classes/0"), (8, "/rules/1/classes/1"), (9, "/rules/1/anchor"), (9, "/rules/1/period"),
                (10, "/rules/2"), (10, "/rules/2/classes"), (10, "/rules/2/id"), (10, "/rules/2/period"), (11, "/rules/2/zone"),
                (12, "/rules/3/kind"), (13, "/rules/4"), (14, "/rules/4/action"), (15, "/rules/5/action"),
            ],
            error.Faults.Select(fault => (fault.Line, fault.JsonPointer)).Order());
        Assert.All(error.Faults, fault =>
        {
            Assert.EndsWith(".", fault.Problem, StringComparison.Ordinal);
            Assert.EndsWith(".", fault.Mend, StringComparison.Ordinal);
            Assert.Contains(fault.ToString(), error.Message, StringComparison.Ordinal);
        });
        Assert.Equal(error.Faults.Select(fault => fault.Line).Order(), error.Faults.Select(fault => fault.Line));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("{\"schema\":\"abm-privacy-retention/1\",\"id\":\"a\",\"version\":\"1\",\"rules\":[]}")]
    [InlineData("{\"schema\":\"abm-privacy-retention/1\",\"id\":\"a\",\"version\":1,\"rules\":[{}]}")]
    public void What_is_no_schedule_is_refused(string text) =>
        Assert.Equal(PrivacyErrorCode.ScheduleInvalid, Assert.Throws<InvalidDocumentException>(() => Parse(text)).Code);

    [Fact]
    public void A_file_is_loaded_and_a_missing_one_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("retention");
        try
        {
            var path = Path.Combine(folder.FullName, "retention.json");
            var missing = Assert.Throws<InvalidDocumentException>(() => RetentionSchedule.Load(path));
            Assert.Contains(path, missing.Message, StringComparison.Ordinal);
            Assert.Contains("does not exist", missing.Message, StringComparison.Ordinal);
            Assert.Equal(PrivacyErrorCode.ScheduleInvalid, Assert.Throws<InvalidDocumentException>(() => RetentionSchedule.Load(folder.FullName)).Code);

            File.WriteAllText(path, Document, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            Assert.Equal(Schedule.Digest, RetentionSchedule.Load(path).Digest);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_rule_that_stands_twice_is_taken_once_and_two_rules_with_one_id_are_an_error()
    {
        var rule = RetentionRule.KeepForever("a", "x", [new DataClass("contact")]);
        var same = RetentionRule.KeepForever("a", "x", [new DataClass("contact"), new DataClass("contact")]);
        var other = RetentionRule.KeepForever("a", "y", [new DataClass("contact")]);

        Assert.Single(new RetentionSchedule("s", "1", [rule, same]).Rules);
        Assert.Throws<ArgumentException>(() => new RetentionSchedule("s", "1", [rule, other]));
    }

    [Fact]
    public void A_rule_made_in_code_is_checked()
    {
        DataClass[] contact = [new("contact")];
        var period = new CalendarPeriod(years: 1);

        Assert.Throws<ArgumentException>(() => RetentionRule.KeepForever("a", "x", []));
        Assert.Throws<ArgumentException>(() => RetentionRule.KeepForever("a", "x", [DataClass.Unknown]));
        Assert.Throws<ArgumentException>(() => RetentionRule.KeepForever(" ", "x", contact));
        Assert.Throws<ArgumentException>(() => RetentionRule.KeepForever("a", " ", contact));
        Assert.Throws<ArgumentException>(() => RetentionRule.KeepAtLeast("a", "x", contact, default, period));
        Assert.Throws<ArgumentException>(() => RetentionRule.KeepAtLeast("a", "x", contact, RetentionAnchor.LastActivity, period, "Mars/Phobos"));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetentionRule.DisposeAfter("a", "x", contact, RetentionAnchor.LastActivity, period, (DisposalAction)7));
    }

    [Fact]
    public void A_maximum_of_no_time_is_refused()
    {
        DataClass[] contact = [new("contact")];

        Assert.Throws<ArgumentException>(() => RetentionRule.DisposeAfter("a", "x", contact, RetentionAnchor.LastActivity, default, DisposalAction.Delete));
        Assert.Throws<ArgumentException>(() => RetentionRule.KeepThenDispose("a", "x", contact, RetentionAnchor.LastActivity, default, DisposalAction.Delete));
        Assert.Equal("/rules/0/period", Assert.Single(Faults(Rule("contact").Replace("P1Y", "P0D", StringComparison.Ordinal))).JsonPointer);
    }

    [Theory]
    [InlineData("contact.emial", "contact.email")]
    [InlineData("contcat", "contact")]
    [InlineData("person.names", "person.name")]
    public void A_class_that_misspells_a_built_in_one_is_a_fault(string dataClass, string meant)
    {
        var fault = Assert.Single(Faults(Rule(dataClass)));

        Assert.Equal("/rules/0/classes/0", fault.JsonPointer);
        Assert.Contains($"'{meant}'", fault.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contact.email")]
    [InlineData("contact.email.private")]
    [InlineData("person.role")]
    [InlineData("device.ip")]
    [InlineData("contact.home")]
    [InlineData("consent")]
    public void A_class_of_the_application_is_no_fault(string dataClass) => Assert.Single(Parse(Rule(dataClass)).Rules);

    [Fact]
    public void Notes_are_accepted_and_are_no_part_of_the_digest()
    {
        var plain = Rule("contact");
        var noted = plain
            .Replace("\"id\":\"s\"", "\"note\":\"n\",\"owner\":\"DPO\",\"reviewBy\":\"2027-01-31\",\"id\":\"s\"", StringComparison.Ordinal)
            .Replace("\"id\":\"a\"", "\"note\":\"n\",\"owner\":\"DPO\",\"reviewBy\":\"2027-01-31\",\"id\":\"a\"", StringComparison.Ordinal);

        Assert.Equal(Parse(plain).Digest, Parse(noted).Digest);
        Assert.Equal("/reviewBy", Assert.Single(Faults(plain.Replace("\"id\":\"s\"", "\"reviewBy\":\"soon\",\"id\":\"s\"", StringComparison.Ordinal))).JsonPointer);
        Assert.Equal("/rules/0/owner", Assert.Single(Faults(plain.Replace("\"id\":\"a\"", "\"owner\":7,\"id\":\"a\"", StringComparison.Ordinal))).JsonPointer);
    }

    [Fact]
    public void A_schedule_is_read_from_text_too()
    {
        Assert.Equal(Schedule.Digest, RetentionSchedule.Parse(Document).Digest);
        Assert.Equal("schedule", Assert.Throws<InvalidDocumentException>(() => RetentionSchedule.Parse("{}")).DocumentSource);
        Assert.Throws<ArgumentNullException>(() => RetentionSchedule.Parse(default(string)!));
    }

    [Fact]
    public void A_schedule_without_rules_is_refused() =>
        Assert.Throws<ArgumentException>(() => new RetentionSchedule("s", "1", []));

    [Theory]
    [InlineData("record-created", true)]
    [InlineData("contract-ended", true)]
    [InlineData("custom:event-attended", true)]
    [InlineData("custom:", false)]
    [InlineData("custom:Event", false)]
    [InlineData("custom:1", false)]
    [InlineData("event-attended", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_anchor_has_one_of_the_known_names_or_a_custom_one(string? name, bool known)
    {
        Assert.Equal(known, RetentionAnchor.TryParse(name, out var anchor));
        Assert.Equal(known ? name : "", anchor.Name);
    }

    [Fact]
    public void Every_kind_and_action_has_a_name()
    {
        Assert.All(Enum.GetValues<RetentionKind>(), kind => Assert.False(string.IsNullOrEmpty(RetentionNames.Of(kind))));
        Assert.All(Enum.GetValues<DisposalAction>(), action => Assert.False(string.IsNullOrEmpty(RetentionNames.Of(action))));
    }

    private static string Rule(string dataClass) =>
        $$"""{"schema":"abm-privacy-retention/1","id":"s","version":"1","rules":[{"id":"a","authority":"x","classes":["{{dataClass}}"],"kind":"dispose-after","anchor":"last-activity","period":"P1Y","action":"delete"}]}""";

    private static IReadOnlyList<DocumentFault> Faults(string text) => Assert.Throws<InvalidDocumentException>(() => Parse(text)).Faults;

    private static RetentionSchedule Parse(string text) => RetentionSchedule.Parse(Encoding.UTF8.GetBytes(text), "test.json");
}
