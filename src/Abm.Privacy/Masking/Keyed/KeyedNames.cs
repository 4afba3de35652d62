namespace Abm.Privacy.Masking.Keyed;

/// <summary>The names of choices as they enter keys. They never change.</summary>
internal static class KeyedNames
{
    public static string Of(MaskNormalization normalization) => normalization switch
    {
        MaskNormalization.Exact => "exact-v1",
        MaskNormalization.IgnoreCase => "ignore-case-v1",
        _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, "There is no such normalization. Use Exact or IgnoreCase."),
    };
}
