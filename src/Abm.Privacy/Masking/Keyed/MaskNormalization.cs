namespace Abm.Privacy.Masking.Keyed;

/// <summary>Which spellings of a value a keyed mask takes for the same value.</summary>
public enum MaskNormalization
{
    /// <summary>None but the very same characters.</summary>
    Exact = 0,

    /// <summary>
    /// White space around the value and upper or lower case make no difference. Each character is lowered on its own by the
    /// runtime's invariant rules. Composed and decomposed letters are one (normal form C of Unicode, which a process with
    /// <c>InvariantGlobalization</c> lacks beyond ASCII: let processes that must agree be of one kind); accents make a difference.
    /// </summary>
    IgnoreCase = 1,
}
