namespace Abm.Privacy.Consent.Language;

/// <summary>Where a rule applies. An empty list sets no limit; within a list one match is enough.</summary>
internal sealed record RuleScope(
    IReadOnlyList<string> PackJurisdictions,
    IReadOnlyList<string> Jurisdictions,
    IReadOnlyList<string> JurisdictionsNot,
    IReadOnlyList<Channel> Channels,
    IReadOnlyList<Purpose> Purposes)
{
    public bool AppliesTo(string jurisdiction, ConsentQuestion question) =>
        Reaches(jurisdiction) && Meets(question);

    /// <summary>Whether the question fits, wherever it is asked.</summary>
    public bool Meets(ConsentQuestion question) =>
        (Channels.Count == 0 || Channels.Contains(question.Channel))
        && (Purposes.Count == 0 || Purposes.Any(purpose => purpose.Covers(question.Purpose)));

    public bool Reaches(string jurisdiction) =>
        (PackJurisdictions.Count == 0 || Covered(PackJurisdictions, jurisdiction))
        && (Jurisdictions.Count == 0 || Covered(Jurisdictions, jurisdiction))
        && !Covered(JurisdictionsNot, jurisdiction);

    /// <summary>Whether every jurisdiction that the rule names is excluded again.</summary>
    public bool IsEmpty => Places.Count > 0 && Places.All(place => Covered(JurisdictionsNot, place));

    /// <summary>Whether the rule applies wherever the other does. False also where it only might.</summary>
    public bool Covers(RuleScope other) =>
        CoversPlaces(other)
        && (Channels.Count == 0 || (other.Channels.Count == 0 ? Consent.Channels.Names.Count == Channels.Distinct().Count() : other.Channels.All(Channels.Contains)))
        && (Purposes.Count == 0 || (other.Purposes.Count > 0 && other.Purposes.All(purpose => Purposes.Any(mine => mine.Covers(purpose)))));

    /// <summary>The rule's own jurisdictions lie within the pack's.</summary>
    private IReadOnlyList<string> Places => Jurisdictions.Count > 0 ? Jurisdictions : PackJurisdictions;

    private bool CoversPlaces(RuleScope other) =>
        (Places.Count == 0 || (other.Places.Count > 0 && other.Places.All(place => Covered(Places, place))))
        && JurisdictionsNot.All(excluded => Covered(other.JurisdictionsNot, excluded) || (other.Places.Count > 0 && !other.Places.Any(place =>
            Consent.Jurisdictions.Covers(excluded, place) || Consent.Jurisdictions.Covers(place, excluded))));

    private static bool Covered(IReadOnlyList<string> codes, string jurisdiction) =>
        codes.Any(code => Consent.Jurisdictions.Covers(code, jurisdiction));
}
