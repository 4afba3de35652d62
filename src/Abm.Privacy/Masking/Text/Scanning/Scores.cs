namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>How sure a finding is. One scale for every kind, so that one threshold serves all.</summary>
internal static class Scores
{
    /// <summary>A checksum over a structure that leaves little to chance.</summary>
    public const double Certain = 1;

    /// <summary>A structure that hardly means anything else.</summary>
    public const double Likely = 0.8;

    /// <summary>More often right than wrong. The default threshold.</summary>
    public const double Fair = 0.5;

    /// <summary>Digits that may be anything: counts where a word beside them says what they are.</summary>
    public const double Weak = 0.3;

    /// <summary>Chance alone gives many of these.</summary>
    public const double Faint = 0.1;

    /// <summary>What a word beside a weak finding makes of it.</summary>
    public const double InContext = 0.75;
}
