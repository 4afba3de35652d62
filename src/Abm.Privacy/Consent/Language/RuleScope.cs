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

    private static bool Covered(IReadOnlyList<string> codes, string jurisdiction) =>
        codes.Any(code => Consent.Jurisdictions.Covers(code, jurisdiction));
}
