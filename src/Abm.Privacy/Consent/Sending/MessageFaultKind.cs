namespace Abm.Privacy.Consent.Sending;

/// <summary>Why a message may not be sent.</summary>
public enum MessageFaultKind
{
    /// <summary>The decision is no permit.</summary>
    NotPermitted = 1,

    /// <summary>The decision is too old, or about another moment than now. Decide again.</summary>
    NotCurrent = 2,

    /// <summary>The decision is about another contact point.</summary>
    OtherContactPoint = 3,

    /// <summary>The decision is about another purpose.</summary>
    OtherPurpose = 4,

    /// <summary>The decision is about another channel.</summary>
    OtherChannel = 5,

    /// <summary>The message is of another kind than the one that was asked about: chosen by special categories of data, or directed at children.</summary>
    OtherMessage = 6,

    /// <summary>An obligation is not met.</summary>
    ObligationUnmet = 7,

    /// <summary>The decision was asked for another campaign, whose own suppressions are others.</summary>
    OtherCampaign = 8,
}
