using System.Collections.Frozen;
using Abm.Privacy.Consent;
using QuickStart.Contacts;

namespace QuickStart.Ledger;

/// <summary>Whose law applies to a contact, by country and region.</summary>
internal static class ContactJurisdiction
{
    /// <summary>The member states of the European Union.</summary>
    private static readonly FrozenSet<string> MemberStates = FrozenSet.ToFrozenSet(
        ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"]);

    /// <returns>A code; null if the country is not known, so that every jurisdiction of the policy must permit.</returns>
    public static string? Of(Contact contact) => contact switch
    {
        { Country: null } => null,
        { Country: "GB" } => Jurisdictions.UnitedKingdom,
        { Country: "US", Region: null } => Jurisdictions.SomewhereIn(Jurisdictions.UnitedStates),
        { Country: "US", Region: { } state } => $"{Jurisdictions.UnitedStates}/{state}",
        { Country: { } country } when MemberStates.Contains(country) => $"{Jurisdictions.EuropeanUnion}/{country}",
        { Country: { } country } => country, // the policy answers that it does not cover a country that it does not know
    };
}
