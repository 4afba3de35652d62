using Abm.Privacy.Consent;

namespace Abm.Privacy.Tests.Consent;

public class FactRegistryTests
{
    [Fact]
    public void Every_fact_has_one_of_the_three_null_meanings_or_belongs_to_the_message()
    {
        var counts = FactRegistry.Default.Facts.GroupBy(fact => fact.NullMeaning).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal((21, 16, 13, 2), (counts[NullMeaning.NeverNull], counts[NullMeaning.KnownAbsent], counts[NullMeaning.Unknown], counts[NullMeaning.MessageConstant]));
    }

    /// <summary>A change of one of these changes decisions, so it must be made on purpose.</summary>
    [Fact]
    public void What_null_means_is_settled_for_every_fact()
    {
        Assert.Equal(
            [
                "consent.grantedAt", "consent.expiresAt", "consent.parental", "objection.at", "account.onTargetList",
                "saleShare.optedOutAt", "source.kind", "source.noticeAt", "implied.kind", "implied.at", "contact.roleAddress",
                "preference.pausedUntil", "preference.topicWanted", "preference.channelWanted", "caps.contact", "caps.account",
            ],
            Named(NullMeaning.KnownAbsent));
        Assert.Equal(
            [
                "consent.method", "soft.saleContext", "soft.ownProducts", "soft.similar", "soft.optOutOffered", "subscriber.type",
                "subject.age", "b2b.related", "source.collectedAt", "implied.relevantToRole", "implied.noSolicitation",
                "contact.zone", "contact.dncListed",
            ],
            Named(NullMeaning.Unknown));

        static IEnumerable<string> Named(NullMeaning meaning) => FactRegistry.Default.Facts.Where(fact => fact.NullMeaning == meaning).Select(fact => fact.Name);
    }

    /// <summary>A null that the row's type cannot hold needs no meaning, and one that it can hold needs one.</summary>
    [Fact]
    public void The_types_of_the_row_agree_with_the_null_meanings()
    {
        var nullability = new System.Reflection.NullabilityInfoContext();
        var properties = typeof(ConsentFacts).GetProperties().Where(property => property.Name is not (nameof(ConsentFacts.Key) or nameof(ConsentFacts.Jurisdiction) or "EqualityContract")).ToList();
        var neverNull = properties.Count(property => nullability.Create(property).ReadState == System.Reflection.NullabilityState.NotNull);

        Assert.Equal((50, 21), (properties.Count, neverNull));
    }

    [Fact]
    public void Every_fact_reads_the_property_of_its_name()
    {
        // one property at a time is set away from its default; exactly one fact must notice
        var plain = new ConsentFacts();
        var question = TestPolicy.Question;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in typeof(ConsentFacts).GetProperties().Where(property => property.Name is not (nameof(ConsentFacts.Key) or nameof(ConsentFacts.Jurisdiction) or "EqualityContract")))
        {
            var row = plain with { };
            property.SetValue(row, Other(property.PropertyType, property.Name));
            var changed = FactRegistry.Default.Facts.Where(fact => fact.Read(row, question) != fact.Read(plain, question)).ToList();

            var fact = Assert.Single(changed);
            Assert.True(seen.Add(fact.Name));
            var name = fact.Name switch
            {
                "li.assessed" => "LegitimateInterestAssessed",
                "b2b.related" => "BusinessRelated",
                "preference.personalisationRefused" => "PreferencePersonalizationRefused",
                "facts.errors" => "FactErrors",
                _ => fact.Name.Replace(".", "", StringComparison.Ordinal),
            };
            Assert.Equal(name, property.Name, ignoreCase: true);
        }

        Assert.Equal(50, seen.Count);
    }

    [Fact]
    public void A_row_of_facts_is_not_shown_in_text()
    {
        Assert.DoesNotContain("Berlin", new ConsentFacts { Key = "k", ContactZone = "Europe/Berlin" }.ToString(), StringComparison.Ordinal);
    }

    private static object Other(Type type, string name) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(bool) => true,
        var t when t == typeof(int) => 7,
        var t when t == typeof(long) => TestPolicy.Ms(TestPolicy.Now),
        _ => name switch
        {
            nameof(ConsentFacts.ConsentStatus) => ConsentStatuses.Granted,
            nameof(ConsentFacts.ConsentMethod) => ConsentMethods.Form,
            nameof(ConsentFacts.SubscriberType) => SubscriberTypes.Corporate,
            nameof(ConsentFacts.SourceKind) => SourceKinds.Broker,
            nameof(ConsentFacts.ImpliedKind) => ImpliedConsentKinds.Inquiry,
            _ => "Europe/Berlin",
        },
    };
}
