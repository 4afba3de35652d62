using Abm.Privacy.Classification;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Tests.Consent.Ledger;

public class PurposeCatalogTests
{
    private static readonly PurposeCatalog Catalog = LedgerSamples.Catalog;

    [Fact]
    public void Data_that_the_purpose_does_not_list_is_refused_and_named_by_its_class_alone()
    {
        Catalog.ThrowIfNotNeeded(Purposes.Newsletter, new DataClass(DataClasses.Email), new DataClass("person.name"));

        var error = Assert.Throws<PrivacyException>(() => Catalog.ThrowIfNotNeeded(Purposes.EventInvitation, new DataClass(DataClasses.Email), new DataClass("person.name")));
        Assert.Equal(PrivacyErrorCode.DataNotNeeded, error.Code);
        Assert.Contains("person.name", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(DataClasses.Email, error.Message, StringComparison.Ordinal);
        Assert.Throws<PrivacyException>(() => Catalog.ThrowIfNotNeeded(Purposes.Newsletter, DataClass.Unknown));
        Assert.Throws<PrivacyException>(() => Catalog.ThrowIfNotNeeded(Purposes.Newsletter, new DataClass("personal")));
        Assert.Equal(PrivacyErrorCode.PurposeUnknown, Assert.Throws<PrivacyException>(() => Catalog.ThrowIfNotNeeded(Purposes.Offer, [])).Code);
    }

    [Fact]
    public void Fields_that_no_purpose_needs_are_listed()
    {
        var inventory = new ClassifiedModelBuilder().Add<Card>().Build();

        var unneeded = Assert.Single(Catalog.FindUnneeded(inventory), field => field.Contains("Iban", StringComparison.Ordinal));
        Assert.EndsWith($"Card.Iban ({DataClasses.Iban})", unneeded, StringComparison.Ordinal);
        Assert.DoesNotContain(Catalog.FindUnneeded(inventory), field => field.Contains("Mail", StringComparison.Ordinal));
    }

    [Fact]
    public void A_catalog_that_cannot_be_is_refused()
    {
        var definition = Catalog.Definitions[0];

        Assert.Throws<ArgumentException>(() => new PurposeCatalog([]));
        Assert.Throws<ArgumentException>(() => new PurposeCatalog([definition, definition]));
        Assert.Throws<ArgumentException>(() => new PurposeDefinition(default, "d", []));
        Assert.Throws<ArgumentException>(() => new PurposeDefinition(Purposes.Offer, " ", []));
        Assert.Throws<ArgumentException>(() => new PurposeDefinition(Purposes.Offer, "d", [DataClass.Unknown]));
        Assert.Throws<ArgumentException>(() => new PurposeDefinition(Purposes.Offer, "d", [], TimeSpan.Zero));
    }

    [Fact]
    public void Events_may_name_declared_purposes_and_what_is_above_them()
    {
        Assert.True(Catalog.Knows(Purposes.Newsletter) && Catalog.Knows(Purposes.Marketing) && Catalog.Knows(PurposeScope.Everything));
        Assert.False(Catalog.Knows(Purposes.Offer) || Catalog.Knows(new Purpose("market")));
    }

    private sealed class Card
    {
        [Classified(DataClasses.Email)]
        public string Mail { get; set; } = "";

        [Classified(DataClasses.Iban)]
        public string Iban { get; set; } = "";
    }
}
