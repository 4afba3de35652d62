using System.Text.Json;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Tests.Support;
using Abm.Privacy.Identifiers;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

public class LedgerEventTests
{
    private const string Stored = """{"type":"consent","kind":"Granted","purpose":"marketing.newsletter","isExplicit":true,"evidence":{"noticeVersion":"3","method":"form","source":"web"},"eventId":"0195a3b0-0000-7000-8000-000000000001","occurredAt":1772535600000,"recordedAt":1772535600001,"origin":"form","idempotencyKey":"k1"}""";

    [Fact]
    public void The_stored_form_is_frozen()
    {
        var read = Assert.IsType<ConsentEvent>(LedgerEventSerializer.Read(Stored));

        Assert.Equal((ConsentEventKind.Granted, Purposes.Newsletter, true, true), (read.Kind, read.Purpose.Purpose!.Value, read.IsExplicit, read.IsDemonstrable));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1772535600000), read.OccurredAt);
        Assert.Equal(Stored, LedgerEventSerializer.Write(read));
    }

    [Theory]
    [InlineData("\"type\":\"consent\"", "\"type\":\"telepathy\"")]
    [InlineData("\"kind\":\"Granted\"", "\"kind\":\"Hoped\"")]
    [InlineData("\"kind\":\"Granted\"", "\"kind\":77")]
    [InlineData("\"kind\":\"Granted\"", "\"kind\":\"Granted\",\"kind\":\"Withdrawn\"")]
    [InlineData("\"isExplicit\":true", "\"isMagic\":true")]
    [InlineData("\"method\":\"form\"", "\"method\":\"hypnosis\"")]
    [InlineData("\"marketing.newsletter\"", "\"Marketing!\"")]
    [InlineData("\"occurredAt\":1772535600000", "\"occurredAt\":1772535600")]
    [InlineData("\"occurredAt\":1772535600000", "\"occurredAt\":\"2026\"")]
    [InlineData("\"occurredAt\":1772535600000,", "")]
    [InlineData("{\"type\":\"consent\",", "{")]
    [InlineData("\"kind\":\"Granted\"", "\"kind\":\"Granted\",\"expiresAt\":1772535500000")]
    [InlineData("{\"type\"", "[{\"type\"")]
    public void What_this_version_does_not_know_is_an_error_and_never_skipped(string part, string other)
    {
        Assert.Contains(part, Stored, StringComparison.Ordinal);

        var error = Assert.Throws<PrivacyException>(() => LedgerEventSerializer.Read(Stored.Replace(part, other, StringComparison.Ordinal)));

        Assert.Equal(PrivacyErrorCode.LedgerEventUnreadable, error.Code);
        Assert.DoesNotContain("hypnosis", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_event_has_a_stored_form()
    {
        LedgerEvent[] all =
        [
            Granted(Purposes.Newsletter, 0), new ObjectionEvent { OccurredAt = Noon, Origin = "o" }, new RestrictionEvent { IsRestricted = false, OccurredAt = Noon, Origin = "o" },
            new SaleOrShareEvent { IsOptedOut = false, OccurredAt = Noon, Origin = "o" }, new SensitiveUseEvent { IsLimited = false, OccurredAt = Noon, Origin = "o" },
            new PreferenceEvent { PausedUntil = Noon, OccurredAt = Noon, Origin = "o" }, Suppressed(SuppressionKind.Legal, 0), new SoftOptInEvent { IsForOwnProducts = false, OccurredAt = Noon, Origin = "o" },
            new ImpliedConsentEvent { Kind = ImpliedConsentKinds.Inquiry, OccurredAt = Noon, Origin = "o" }, new SourceEvent { Kind = SourceKinds.Public, OccurredAt = Noon, Origin = "o" },
            new SourceNoticeEvent { OccurredAt = Noon, Origin = "o" }, new ProfileEvent { HasContract = false, OccurredAt = Noon, Origin = "o" },
            new ContactAccountEvent { Account = null, OccurredAt = Noon, Origin = "o" }, new AccountParentEvent { Parent = new AccountId("a"), OccurredAt = Noon, Origin = "o" },
            new AccountSuppressionEvent { Reason = "competitor", OccurredAt = Noon, Origin = "o" }, new AccountTargetEvent { MessageCap = 0, OccurredAt = Noon, Origin = "o" },
            new CorrectionEvent { Corrects = Guid.NewGuid(), Reason = "r", OccurredAt = Noon, Origin = "o" },
        ];

        Assert.Equal(typeof(LedgerEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(LedgerEvent)).ToHashSet(), all.Select(item => item.GetType()).ToHashSet());
        Assert.All(all, item => Assert.Equal(item, LedgerEventSerializer.Read(LedgerEventSerializer.Write(item)), Same));

        static bool Same(LedgerEvent left, LedgerEvent right) => LedgerEventSerializer.Write(left) == LedgerEventSerializer.Write(right) && left.GetType() == right.GetType();
    }

    [Fact]
    public void Address_and_program_of_the_evidence_are_in_no_text()
    {
        var item = Granted(Purposes.Newsletter, 0) with { Evidence = Proof with { IpAddress = "203.0.113.9", UserAgent = "Lynx" } };
        string[] shown = [LedgerEventSerializer.Write(item), item.ToString(), item.Evidence!.ToString(), JsonSerializer.Serialize(item.Evidence)];

        Assert.All(shown, text => Assert.DoesNotContain("203.0.113", text, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.DoesNotContain("Lynx", text, StringComparison.Ordinal));
        Assert.Equal("ConsentEvent 2026-03-03T12:00:00.000Z", item.ToString());
    }

    [Fact]
    public void Parts_that_no_event_has_are_refused_where_they_are_written()
    {
        Assert.Throws<ArgumentException>(() => Granted(default, 0));
        Assert.Throws<ArgumentException>(() => Granted(Purposes.Newsletter, 0) with { Origin = "" });
        Assert.Throws<ArgumentException>(() => Granted(Purposes.Newsletter, 0) with { IdempotencyKey = new string('k', 129) });
        Assert.Throws<ArgumentException>(() => Granted(Purposes.Newsletter, 0) with { OccurredAt = default });
        Assert.Throws<ArgumentException>(() => Granted(Purposes.Newsletter, 0) with { Kind = (ConsentEventKind)99 });
        Assert.Throws<ArgumentException>(() => Proof with { ContentHash = "abc" });
        Assert.Throws<ArgumentException>(() => Proof with { Method = "telepathy" });
        Assert.Throws<ArgumentException>(() => Proof with { Source = new string('s', 1025) });
        Assert.Throws<ArgumentException>(() => new ProfileEvent { Zone = "Mars/Olympus", OccurredAt = Noon, Origin = "o" });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProfileEvent { Age = -1, OccurredAt = Noon, Origin = "o" });
        Assert.Throws<ArgumentException>(() => new PreferenceEvent { Channels = [Channel.None], OccurredAt = Noon, Origin = "o" });
        Assert.Throws<ArgumentException>(() => new ContactPointId(Guid.Empty));
        Assert.Throws<ArgumentException>(() => new ContactPointRegistration(new TenantId("t"), new SubjectId("s"), Channel.None));
    }

    [Fact]
    public void Instants_are_cut_to_milliseconds_in_UTC()
    {
        var item = Granted(Purposes.Newsletter, 0) with { OccurredAt = new DateTimeOffset(2026, 3, 3, 13, 0, 0, TimeSpan.FromHours(1)).AddTicks(12_345) };

        Assert.Equal((TimeSpan.Zero, Noon.AddMilliseconds(1)), (item.OccurredAt.Offset, item.OccurredAt));
    }

    [Fact]
    public void A_full_stream_takes_demands_and_nothing_else()
    {
        var intake = new LedgerIntake(Catalog, new ManualTime(Noon));
        List<LedgerEvent> full = [.. Enumerable.Range(0, LedgerIntake.MaxEvents).Select(i => new ProfileEvent { Age = 40, OccurredAt = Noon, Origin = "crm", IdempotencyKey = $"{i}", EventId = Guid.NewGuid() })];
        LedgerEvent[] demands =
        [
            Withdrawn(Purposes.Newsletter, -1), new ObjectionEvent { OccurredAt = Noon, Origin = "mail" }, new RestrictionEvent { IsRestricted = true, OccurredAt = Noon, Origin = "mail" },
            new SaleOrShareEvent { IsOptedOut = true, OccurredAt = Noon, Origin = "web" }, new SensitiveUseEvent { IsLimited = true, OccurredAt = Noon, Origin = "web" },
            new PreferenceEvent { Topics = [], OccurredAt = Noon, Origin = "center" },
            Suppressed(SuppressionKind.Legal, -1), new CorrectionEvent { Corrects = full[0].EventId, Reason = "mistake", OccurredAt = Noon, Origin = "crm" },
        ];
        LedgerEvent[] others =
        [
            Granted(Purposes.Newsletter, -1), new ObjectionEvent { IsWithdrawn = true, OccurredAt = Noon, Origin = "mail" }, new ProfileEvent { Age = 41, OccurredAt = Noon, Origin = "crm" },
            new RestrictionEvent { IsRestricted = false, OccurredAt = Noon, Origin = "mail" }, new SuppressionEvent { Kind = SuppressionKind.Legal, IsLifted = true, OccurredAt = Noon, Origin = "crm" },
        ];

        Assert.All(demands, demand => Assert.False(Assert.Single(intake.Accept([.. full], [demand], isAccount: false, out _)).IsDuplicate));
        Assert.All(others, other => Assert.Equal(
            PrivacyErrorCode.LedgerEventRefused, Assert.Throws<PrivacyException>(() => intake.Accept([.. full], [demands[0], other], isAccount: false, out _)).Code));
        Assert.True(Assert.Single(intake.Accept([.. full], [full[7] with { EventId = Guid.Empty }], isAccount: false, out _)).IsDuplicate);
    }
}
