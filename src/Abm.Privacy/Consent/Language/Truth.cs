namespace Abm.Privacy.Consent.Language;

/// <summary>Kleene's three values in their order: "and" is the least, "or" the greatest.</summary>
internal enum Truth
{
    False = 0,

    Unknown = 1,

    True = 2,
}
