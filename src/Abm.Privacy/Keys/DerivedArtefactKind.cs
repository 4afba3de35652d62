namespace Abm.Privacy.Keys;

/// <summary>What a value that was derived from a subject is.</summary>
public enum DerivedArtefactKind
{
    /// <summary>A blind-index value: shows equality.</summary>
    BlindIndex = 1,

    /// <summary>A deterministic envelope under the tenant's shared key: readable as long as that key lives.</summary>
    Deterministic = 2,

    /// <summary>A format-preserving or keyed token.</summary>
    Token = 3,

    /// <summary>A stored pseudonym, or a table that maps pseudonyms to persons.</summary>
    Pseudonym = 4,

    /// <summary>A suppression entry, usually kept so that the person stays uncontacted.</summary>
    Suppression = 5,

    /// <summary>An entry of a cache, gone by itself at a stated time.</summary>
    Cache = 6,

    /// <summary>A copy in clear text: an export, a report, a search index.</summary>
    ClearCopy = 7,
}
