namespace Abm.Privacy.Masking.Keyed;

/// <summary>Which spellings of a value a keyed mask takes for the same value.</summary>
public enum MaskNormalization
{
    /// <summary>None but the very same characters.</summary>
    Exact = 0,

    /// <summary>
    /// White space around the value and upper or lower case make no difference. Each character is lowered on its own by the
    /// runtime's invariant rules; accents and forms of Unicode stay as they are.
    /// </summary>
    IgnoreCase = 1,
}
