using Abm.Privacy.Classification;

namespace Abm.Privacy.Masking;

/// <summary>
/// What each built-in class gets without options. A class that is not listed here, nor below one that is, is erased:
/// addresses, birth dates, national identifiers, notes, devices, behavior and special categories have no partial form that
/// is safe for every value. A network may be one household's, a year of birth the one of the oldest, and the area of a
/// postcode cannot be told without its country: their masks are there, and choosing them is the application's decision.
/// </summary>
internal static class DefaultMasks
{
    /// <summary>Class names and their masks, in the form that options use.</summary>
    public static IReadOnlyDictionary<string, string> Specifications { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [DataClasses.Email] = "email",
        [DataClasses.Phone] = "phone",
        [DataClasses.PersonName] = "person-name",
        [DataClasses.PaymentCard] = "payment-card",
        [DataClasses.Iban] = "iban",
    };

    public static Dictionary<string, Treatment> Create()
    {
        var treatments = Specifications.ToDictionary(entry => entry.Key, entry => MaskSpecification.Parse(entry.Value), StringComparer.Ordinal);

        // an account is an organization; what hangs below its name or domain, such as its owner's name, may be a person's
        treatments[DataClasses.AccountName] = new ClearTreatment { CoversBelow = false };
        treatments[DataClasses.AccountDomain] = new ClearTreatment { CoversBelow = false };
        return treatments;
    }
}
