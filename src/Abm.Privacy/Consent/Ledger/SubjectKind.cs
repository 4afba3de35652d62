namespace Abm.Privacy.Consent.Ledger;

/// <summary>Who stands behind a contact point. The numbers are stored and never change.</summary>
public enum SubjectKind
{
    /// <summary>Nobody said. Treated as a person.</summary>
    Unknown = 0,

    /// <summary>A private person.</summary>
    Individual = 1,

    /// <summary>A person at work, for an account.</summary>
    Employee = 2,

    /// <summary>A person in business under the own name.</summary>
    SoleTrader = 3,

    /// <summary>A function such as <c>info@</c>; there may be one person behind it all the same.</summary>
    RoleAddress = 4,

    /// <summary>Several persons who share it.</summary>
    Household = 5,
}
