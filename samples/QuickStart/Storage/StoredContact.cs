using System.Diagnostics;
using Abm.Privacy.Classification;

namespace QuickStart.Storage;

/// <summary>
/// A contact as the database keeps it. What is about the person is a <see cref="Protected{T}"/>: a column of envelopes, sealed when
/// it is saved and sealed when it is loaded. The names in the attributes are bound into the envelopes and never change.
/// </summary>
[ProtectedEntity("contact", Scope = "crm")]
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class StoredContact
{
    [PrivacyTenant]
    public required string TenantId { get; init; }

    /// <summary>The person, whose own key protects the fields below.</summary>
    [PrivacySubject]
    public required string Id { get; init; }

    /// <summary>The line of the list that the contact came from.</summary>
    public int Line { get; set; }

    /// <summary>The e-mail address in the consent ledger, a random id; null until it is registered there.</summary>
    public Guid? ContactPoint { get; set; }

    /// <summary>Since when the e-mail address is this one; null for the first. A consent from before was given at another address and is none at this one.</summary>
    public DateTimeOffset? AddressSince { get; set; }

    /// <summary>Whether the ledger knows what the row says of the person now.</summary>
    public bool IsInLedger { get; set; }

    /// <summary>Whether a line about the person or the account could not be read, so that nothing may be permitted.</summary>
    public bool IsInDoubt { get; set; }

    [ProtectedField("account_id")]
    public Protected<string>? AccountId { get; set; }

    [ProtectedField("first_name")]
    public Protected<string>? FirstName { get; set; }

    [ProtectedField("last_name")]
    public Protected<string>? LastName { get; set; }

    [ProtectedField("email")]
    public Protected<string>? Email { get; set; }

    [ProtectedField("phone")]
    public Protected<string>? Phone { get; set; }

    [ProtectedField("country")]
    public Protected<string>? Country { get; set; }

    [ProtectedField("region")]
    public Protected<string>? Region { get; set; }

    [ProtectedField("time_zone")]
    public Protected<string>? TimeZone { get; set; }

    [ProtectedField("job_title")]
    public Protected<string>? JobTitle { get; set; }

    [ProtectedField("subscriber_type")]
    public Protected<string>? SubscriberType { get; set; }

    [ProtectedField("source")]
    public Protected<string>? Source { get; set; }

    [ProtectedField("collected_at")]
    public Protected<string>? CollectedAt { get; set; }

    [ProtectedField("notice_at")]
    public Protected<string>? NoticeAt { get; set; }

    [ProtectedField("last_activity_at")]
    public Protected<string>? LastActivityAt { get; set; }

    [ProtectedField("note")]
    public Protected<string>? Note { get; set; }

    public override string ToString() => $"[stored contact of line {Line}]";
}
