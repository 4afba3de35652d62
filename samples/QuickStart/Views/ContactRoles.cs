using Abm.Privacy.Classification;
using Abm.Privacy.Masking.Views;

namespace QuickStart.Views;

/// <summary>What each role of this application sees of a contact. What is not said here is hidden.</summary>
internal static class ContactRoles
{
    public const string Agent = "support-agent";
    public const string Lead = "support-lead";
    public const string Analyst = "analyst";

    /// <summary>A role that somebody has and nobody declared.</summary>
    public const string Intern = "intern";

    public static void Declare(MaskingViewOptions options)
    {
        options.Role(Agent)
            .Show(DataClasses.Contact, ViewLevel.Masked)
            .Show(DataClasses.PersonName, ViewLevel.Masked)
            .Show(DataClasses.Country, ViewLevel.Masked)
            .Show(DataClasses.Account, ViewLevel.Masked);
        options.Role(Lead)
            .Show(DataClasses.Contact, ViewLevel.Clear)
            .Show(DataClasses.Person, ViewLevel.Clear)
            .Show(DataClasses.Note, ViewLevel.Hidden)
            .Show(DataClasses.Account, ViewLevel.Masked);
        options.Role(Analyst)
            .Show(DataClasses.Email, ViewLevel.Pseudonym)
            .Show(DataClasses.Country, ViewLevel.Masked)
            .Show(DataClasses.AccountDomain, ViewLevel.Pseudonym);
    }
}
