using Abm.Privacy.Classification;

namespace Abm.Privacy.Masking;

/// <summary>
/// What each built-in class gets without options. A class that is not listed here, nor below one that is, is erased:
/// addresses, birth dates, national identifiers, notes, devices, bank accounts, behavior and special categories have no
/// partial form that is safe for every value.
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

        // an account is an organization; only its name and domain are listed, not what else hangs below it
        [DataClasses.AccountName] = MaskSpecification.Clear,
        [DataClasses.AccountDomain] = MaskSpecification.Clear,
    };

    public static Dictionary<string, Treatment> Create() =>
        Specifications.ToDictionary(entry => entry.Key, entry => MaskSpecification.Parse(entry.Value), StringComparer.Ordinal);
}
