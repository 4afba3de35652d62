using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent;

/// <summary>
/// The rule for the names of campaigns, the same wherever one enters: 1 to 100 bytes of UTF-8, without control characters, and without white space at the
/// ends. Names are compared character by character (ordinal): <c>Spring</c> and <c>spring</c> are two campaigns, so use the id that the campaign has in its system.
/// </summary>
public static class CampaignNames
{
    /// <summary>The greatest length of a name, in bytes of UTF-8.</summary>
    public const int MaxBytes = 100;

    /// <summary>Whether a text is the name of a campaign.</summary>
    /// <param name="name">The text; null is none.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsValid([NotNullWhen(true)] string? name)
    {
        try
        {
            ThrowIfInvalid(name!);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Refuses a text that is no name of a campaign.</summary>
    /// <param name="name">The text.</param>
    /// <param name="parameter">The parameter to blame. Default: the expression of the argument.</param>
    /// <exception cref="ArgumentException">The text is null, empty, too long, no valid Unicode, has a control character, or has white space at an end.</exception>
    public static void ThrowIfInvalid(string name, [CallerArgumentExpression(nameof(name))] string? parameter = null)
    {
        OpaqueId.ThrowIfInvalid(name, parameter!, MaxBytes);
        if (char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]) || name.Any(char.IsControl))
        {
            throw new ArgumentException("The campaign's name has a control character, or white space at an end, and would match no other spelling of it. Remove them.", parameter);
        }
    }

    /// <summary>The name, checked; null for none.</summary>
    internal static string? Optional(string? name, [CallerArgumentExpression(nameof(name))] string? parameter = null)
    {
        if (name is not null)
        {
            ThrowIfInvalid(name, parameter);
        }

        return name;
    }
}
