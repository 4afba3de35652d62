namespace Abm.Privacy.Masking;

/// <summary>
/// What a <see cref="KeepMask"/> counts. The unit never decides where the value is cut: a grapheme cluster that does
/// not fit whole into the count is hidden whole.
/// </summary>
public enum MaskUnit
{
    /// <summary>Grapheme clusters (UAX #29): what a reader takes for one character.</summary>
    Grapheme = 0,

    /// <summary>Unicode code points.</summary>
    Rune = 1,

    /// <summary>UTF-16 code units, also when the value is UTF-8.</summary>
    CodeUnit = 2,
}
