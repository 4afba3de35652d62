namespace Abm.Privacy.Masking.Views;

/// <summary>
/// What a role sees of the values of a data class. The smaller number is the more restrictive, and of several roles the most
/// restrictive wins. A pseudonym stands below a mask, because it shows no character of the value: it only tells that two
/// values are the same, to those who may know that, while a mask shows a part of the value itself.
/// </summary>
public enum ViewLevel
{
    /// <summary>Nothing: the empty text. The level of every class and role that nobody declared.</summary>
    Hidden = 0,

    /// <summary>A stable identifier that stands for the value; hidden where none can be made.</summary>
    Pseudonym = 1,

    /// <summary>The mask of the class, as the masker has it.</summary>
    Masked = 2,

    /// <summary>The value itself; each time somebody is told.</summary>
    Clear = 3,
}
