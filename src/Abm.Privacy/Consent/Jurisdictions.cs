namespace Abm.Privacy.Consent;

/// <summary>
/// Codes of jurisdictions: parts of capital letters and digits joined by <c>/</c>. A code covers itself and every code below it,
/// so a rule for <c>US</c> holds in <c>US/CA</c> too. Any other code of this form may be used in facts and policies.
/// </summary>
public static class Jurisdictions
{
    /// <summary>The European Union, without a member state's own rules.</summary>
    public const string EuropeanUnion = "EU";

    /// <summary>Germany.</summary>
    public const string Germany = "EU/DE";

    /// <summary>France.</summary>
    public const string France = "EU/FR";

    /// <summary>The United Kingdom.</summary>
    public const string UnitedKingdom = "UK";

    /// <summary>The United States, without a state's own rules.</summary>
    public const string UnitedStates = "US";

    /// <summary>California.</summary>
    public const string California = "US/CA";

    /// <summary>Canada.</summary>
    public const string Canada = "CA";

    /// <summary>Brazil.</summary>
    public const string Brazil = "BR";

    /// <summary>The code for "one of these, it is not known which": all of them must permit.</summary>
    /// <param name="codes">The candidates.</param>
    /// <returns>A value for <see cref="ConsentFacts.Jurisdiction"/>.</returns>
    public static string AnyOf(params ReadOnlySpan<string?> codes) => string.Join(',', codes);

    /// <summary>The code for "somewhere in here": the jurisdiction and every loaded one below it must permit.</summary>
    /// <param name="code">The jurisdiction, for example <c>EU</c>.</param>
    /// <returns>A value for <see cref="ConsentFacts.Jurisdiction"/>.</returns>
    public static string SomewhereIn(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        return code + "/*";
    }

    internal static bool IsValid(string code)
    {
        var startOfPart = true;
        foreach (var c in code)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && (startOfPart || c != '/'))
            {
                return false;
            }

            startOfPart = c == '/';
        }

        return !startOfPart;
    }

    internal static bool Covers(string code, string other) => DottedName.Covers(code, other, '/');
}
