namespace Abm.Privacy.Retention;

/// <summary>What happens to data whose time is over. Where two rules end at the same instant, the lower number wins.</summary>
public enum DisposalAction
{
    /// <summary>The data is deleted.</summary>
    Delete = 1,

    /// <summary>The key that protects the data is destroyed.</summary>
    CryptoShred = 2,

    /// <summary>The data is changed so that nobody can find the person any more.</summary>
    Anonymize = 3,

    /// <summary>The identifiers are replaced by pseudonyms.</summary>
    Pseudonymize = 4,

    /// <summary>The data moves to an archive.</summary>
    Archive = 5,

    /// <summary>A person decides. A review never postpones what another rule disposes of.</summary>
    Review = 6,
}
