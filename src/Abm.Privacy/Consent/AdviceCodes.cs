using Abm.Privacy.Consent.Texts;
using System.Globalization;

namespace Abm.Privacy.Consent;

/// <summary>The codes of <see cref="ConsentDecision.Advice"/>: a closed list. A code never changes its meaning.</summary>
public static class AdviceCodes
{
    /// <summary>Ask the person for consent, outside of marketing messages. Given only where no rule forbids asking and the person never said no.</summary>
    public const string AskConsent = "ASK_CONSENT";

    /// <summary>Send the message with the link that confirms a double opt-in once more.</summary>
    public const string ConfirmDoubleOptIn = "CONFIRM_DOUBLE_OPT_IN";

    /// <summary>Record the evidence of the consent: notice version, method and source.</summary>
    public const string AddEvidence = "ADD_EVIDENCE";

    /// <summary>Give the notice of GDPR Article 14, and record it.</summary>
    public const string GiveArt14Notice = "GIVE_ART14_NOTICE";

    /// <summary>Find out whose law applies to the person.</summary>
    public const string FindJurisdiction = "FIND_JURISDICTION";

    /// <summary>Ask again later: <see cref="ConsentDecision.NotBefore"/> says when, if that is known.</summary>
    public const string AskAgainLater = "ASK_AGAIN_LATER";

    /// <summary>Mend the source of facts that failed.</summary>
    public const string MendFactSource = "MEND_FACT_SOURCE";

    /// <summary>Mend the rule that cannot be evaluated; the log names it.</summary>
    public const string MendPolicy = "MEND_POLICY";

    /// <summary>Add what the policy does not speak of: the jurisdiction, the purpose or the channel; or correct its spelling.</summary>
    public const string ExtendPolicy = "EXTEND_POLICY";

    /// <summary>Register the contact point with the ledger.</summary>
    public const string RegisterContactPoint = "REGISTER_CONTACT_POINT";

    /// <summary>Declare the purpose in the purpose catalog, and rebuild the facts.</summary>
    public const string DeclarePurpose = "DECLARE_PURPOSE";

    /// <summary>Rebuild the facts: the purpose was declared after the contact point was registered.</summary>
    public const string RebuildFacts = "REBUILD_FACTS";

    /// <summary>Use a contact point of the channel that was asked for.</summary>
    public const string UseOtherContactPoint = "USE_OTHER_CONTACT_POINT";

    private const string CheckPrefix = "CHECK_";

    internal static string[] Fixed { get; } =
    [
        AskConsent, ConfirmDoubleOptIn, AddEvidence, GiveArt14Notice, FindJurisdiction, AskAgainLater, MendFactSource, MendPolicy, ExtendPolicy,
        RegisterContactPoint, DeclarePurpose, RebuildFacts, UseOtherContactPoint,
    ];

    /// <summary>Every code, those of <see cref="CheckOf"/> included.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Fixed, .. FactRegistry.Default.Facts.Select(fact => CheckOf(fact.Name))];

    /// <summary>The code for finding out a fact that is missing.</summary>
    /// <param name="fact">The fact's name in policies, such as <c>subject.age</c>.</param>
    /// <returns>For example <c>CHECK_SUBJECT_AGE</c>.</returns>
    public static string CheckOf(string fact)
    {
        ArgumentException.ThrowIfNullOrEmpty(fact);
        var parts = fact.SelectMany(c => c == '.' ? "_" : char.IsAsciiLetterUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString());
        return CheckPrefix + string.Concat(parts);
    }

    /// <summary>A sentence for a code, in English, German or French.</summary>
    /// <param name="code">The code.</param>
    /// <param name="culture">The language, for example <c>de-AT</c>. Any other than the three gives English.</param>
    /// <param name="text">The sentence; the code itself when it is none of the list.</param>
    /// <returns>Whether there is a sentence.</returns>
    public static bool TryDescribe(string code, CultureInfo culture, out string text)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(culture);
        return AdviceTexts.TryFind(code, culture.TwoLetterISOLanguageName, out text);
    }
}
