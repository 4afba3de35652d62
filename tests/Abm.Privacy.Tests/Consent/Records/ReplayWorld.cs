using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Consent.Ledger;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Consent.Records;

/// <summary>Simulated years of one contact point: events that come late, corrections, an account with a parent. The same seed gives the same life.</summary>
internal sealed class ReplayWorld(ulong seed)
{
    public static readonly DateTimeOffset Start = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public const int Days = 1000;

    private static readonly AccountId Acme = new("acme");
    private static readonly AccountId Holding = new("holding");
    private static readonly PurposeScope[] Scopes = [Purposes.Newsletter, Purposes.Marketing, PurposeScope.Everything, Purposes.EventInvitation];
    private static readonly string[] Places = ["EU/DE", "UK", "US", "US/CA", "CA", "BR"];

    private ulong _state = seed;

    public static SecretKey Root { get; } = SecretKey.FromBytes([.. Enumerable.Range(1, SecretKey.Size).Select(i => (byte)i)]);

    public ContactPoint Point { get; } = new(TestKeys.Tenant, new ContactPointId(new Guid("11111111-2222-4333-8444-555555555555")), TestKeys.Jane, Channel.Email, SubjectKind.Unknown, Start);

    public LedgerHistory Live()
    {
        var events = new List<LedgerEvent> { Recorded(new ContactAccountEvent { Account = Acme, OccurredAt = Start, Origin = "crm" }) };
        var acme = new List<LedgerEvent> { Recorded(new AccountParentEvent { Parent = Holding, OccurredAt = Start, Origin = "crm" }) };
        var holding = new List<LedgerEvent>();
        events.Add(Recorded(new ProfileEvent { Jurisdiction = Pick(Places), Zone = "Europe/Berlin", Age = 40, SubscriberType = SubscriberTypes.Corporate, OccurredAt = Start, Origin = "crm" }));
        for (var i = 0; i < 6 + Next(12); i++)
        {
            var at = Start.AddMinutes(Next(Days * 24 * 60));
            switch (Next(14))
            {
                case < 4:
                    events.Add(Recorded(new ConsentEvent { Kind = ConsentEventKind.Granted, Purpose = Pick(Scopes), OccurredAt = at, Origin = "form", Evidence = LedgerSamples.Proof, ExpiresAt = Next(3) == 0 ? at.AddDays(200) : null }));
                    break;
                case < 6:
                    events.Add(Recorded(new ConsentEvent { Kind = ConsentEventKind.Withdrawn, Purpose = Pick(Scopes), OccurredAt = at, Origin = "center" }));
                    break;
                case 6:
                    events.Add(Recorded(new ObjectionEvent { Purpose = Purposes.Marketing, OccurredAt = at, Origin = "mail", IsWithdrawn = Next(3) == 0 }));
                    break;
                case 7:
                    events.Add(Recorded(new SuppressionEvent { Kind = Pick(SuppressionKind.Unsubscribe, SuppressionKind.Undeliverable), OccurredAt = at, Origin = "esp", Until = Next(2) == 0 ? at.AddDays(60) : null }));
                    break;
                case 8:
                    events.Add(Recorded(new ProfileEvent { Jurisdiction = Pick(Places), OccurredAt = at, Origin = "crm", IsLegitimateInterestAssessed = true, IsBusinessRelated = true }));
                    break;
                case 9:
                    events.Add(Recorded(new PreferenceEvent { OccurredAt = at, Origin = "center", PausedUntil = at.AddDays(30), MessageCap = Next(4) + 1, RefusesPersonalization = Next(2) == 0 }));
                    break;
                case 10:
                    (Next(2) == 0 ? acme : holding).Add(Recorded(new AccountSuppressionEvent { OccurredAt = at, Origin = "sales", Until = Next(2) == 0 ? at.AddDays(90) : null }));
                    break;
                case 11:
                    acme.Add(Recorded(new AccountTargetEvent { IsOnTargetList = Next(3) > 0, OccurredAt = at, Origin = "sales" }));
                    break;
                case 12:
                    events.Add(Recorded(new SoftOptInEvent { Purpose = Purposes.Marketing, IsSaleContext = true, IsForOwnProducts = true, IsForSimilarProducts = true, WasOptOutOffered = Next(3) > 0, OccurredAt = at, Origin = "shop" }));
                    break;
                default:
                    var wrong = events[Next(events.Count)];
                    events.Add(Recorded(new CorrectionEvent { Corrects = wrong.EventId, Reason = "entered twice", OccurredAt = wrong.RecordedAt.AddDays(Next(100)), Origin = "desk" }));
                    break;
            }
        }

        return new LedgerHistory(Point, events, new Dictionary<AccountId, IReadOnlyList<LedgerEvent>> { [Acme] = acme, [Holding] = holding });
    }

    /// <summary>What a ledger held at a moment: nothing that it learned of later.</summary>
    public static LedgerHistory At(LedgerHistory history, DateTimeOffset moment) => new(
        history.ContactPoint,
        [.. history.Events.Where(item => item.RecordedAt <= moment)],
        history.Accounts.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<LedgerEvent>)[.. pair.Value.Where(item => item.RecordedAt <= moment)]));

    public int Next(int below)
    {
        // SplitMix64
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (uint)below);
    }

    public T Pick<T>(params T[] items) => items[Next(items.Length)];

    /// <summary>A third is reported at once, the rest days or months later.</summary>
    private T Recorded<T>(T item)
        where T : LedgerEvent
    {
        var late = item.OccurredAt == Start || Next(3) == 0 ? TimeSpan.FromMilliseconds(Next(1000) + 1) : TimeSpan.FromMinutes(Next(120 * 24 * 60) + 1);
        Span<byte> id = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(id, Next(int.MaxValue));
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(id[8..], Next(int.MaxValue));
        return item with { EventId = new Guid(id, bigEndian: true), RecordedAt = item.OccurredAt + late, IdempotencyKey = $"k{Next(int.MaxValue)}" };
    }

    /// <summary>Versions of the sample policy: later ones demand more, some less.</summary>
    public static ConsentPolicy[] Versions { get; } = [.. Enumerable.Range(0, 40).Select(i => ConsentPolicy.Parse(
        SampleConsent.Text
            .Replace("\"version\": \"1.0.0\"", $"\"version\": \"1.{i}.0\"", StringComparison.Ordinal)
            .Replace("\"@now-P1M\"", $"\"@now-P{1 + (i % 5)}M\"", StringComparison.Ordinal)
            .Replace("[\"form\", \"button\",", i % 7 == 3 ? "[\"button\"," : "[\"form\", \"button\",", StringComparison.Ordinal), $"v{i}.json"))];
}
