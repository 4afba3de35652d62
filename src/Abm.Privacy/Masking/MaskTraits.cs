namespace Abm.Privacy.Masking;

/// <summary>What a caller may rely on in a mask.</summary>
[Flags]
public enum MaskTraits
{
    /// <summary>Nothing beyond what every mask keeps.</summary>
    None = 0,

    /// <summary>A value that the mask recognizes keeps its length; one that is masked whole may not.</summary>
    PreservesLength = 1,

    /// <summary>The number of mask characters is fixed, so that it tells nothing about the length of what they hide.</summary>
    HidesLength = 2,

    /// <summary>The same value always gives the same result, in every process.</summary>
    Deterministic = 4,

    /// <summary>Who holds the mask's key can get the value back.</summary>
    Reversible = 8,

    /// <summary>Masking a masked value again does not change it.</summary>
    Idempotent = 16,

    /// <summary>A JSON document or an object gets null in the value's place, which a text shows as empty.</summary>
    WritesNull = 32,
}
