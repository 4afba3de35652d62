using System.Diagnostics;

namespace QuickStart.Contacts;

/// <summary>Another id of the same e-mail address.</summary>
/// <param name="ContactId">The id of the row that was merged or rejected.</param>
/// <param name="SamePerson">Whether the rows were merged. If not, only what restricts counts for the contact: an objection holds for the address, a grant does not.</param>
[DebuggerDisplay("{ToString(),nq}")]
internal readonly record struct ContactAlias(string ContactId, bool SamePerson)
{
    public override string ToString() => "[alias of a contact]";
}
