namespace Abm.Privacy.Consent;

/// <summary>Who or what can make a fact another one. It belongs to the fact, never to a policy.</summary>
public enum ChangedBy
{
    /// <summary>Only the person, by a free act of the person's own, such as a new consent. It may be asked for, never made.</summary>
    Person = 1,

    /// <summary>Only whoever ordered it: a court, an authority, the law, the customer whose account it is.</summary>
    Authority = 2,

    /// <summary>The organization that sends, by doing what is missing.</summary>
    Organization = 3,

    /// <summary>Nobody: it is so or not, and it is not known yet. It must be found out, whatever comes of it.</summary>
    Inquiry = 4,

    /// <summary>Nobody: time alone does it.</summary>
    Time = 5,

    /// <summary>The sender, by another message.</summary>
    Message = 6,
}
