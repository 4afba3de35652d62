using System.Text.Json.Serialization;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>The proof of a consent: what the person was told, how and where the person answered.</summary>
public sealed record ConsentEvidence
{
    /// <summary>The id of the notice that the person saw; 1 to 128 bytes. Default: none.</summary>
    public string? NoticeId { get; init => field = LedgerCheck.OptionalText(value, LedgerEvent.MaxName, nameof(NoticeId)); }

    /// <summary>The notice's version; 1 to 128 bytes. Default: none, and then the consent is not demonstrable.</summary>
    public string? NoticeVersion { get; init => field = LedgerCheck.OptionalText(value, LedgerEvent.MaxName, nameof(NoticeVersion)); }

    /// <summary>The language that the notice was shown in, such as <c>de</c> or <c>fr-CA</c>. Default: none.</summary>
    public string? Language { get; init => field = LedgerCheck.OptionalText(value, 35, nameof(Language)); }

    /// <summary>SHA-256 of the notice's exact wording, as 64 hexadecimal digits; stored in lower case. Default: none.</summary>
    public string? ContentHash { get; init => field = Hash(value, nameof(ContentHash)); }

    /// <summary>When the notice was shown. Default: not recorded.</summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? ServedAt { get; init => field = LedgerCheck.OptionalInstant(value, nameof(ServedAt)); }

    /// <summary>How the person answered: a code of <see cref="ConsentMethods"/>. Default: none, and then the consent is not demonstrable.</summary>
    public string? Method { get; init => field = LedgerCheck.Code(value, ConsentMethods.All, nameof(Method)); }

    /// <summary>Where: the form, campaign, event, or file and line; 1 to 1,024 bytes, no personal data. Default: none, and then the consent is not demonstrable.</summary>
    public string? Source { get; init => field = LedgerCheck.OptionalText(value, LedgerEvent.MaxText, nameof(Source)); }

    /// <summary>
    /// SHA-256 of the token of the double opt-in, as 64 hexadecimal digits; the token itself is a credential and is never stored. Default: none.
    /// </summary>
    public string? DoubleOptInTokenHash { get; init => field = Hash(value, nameof(DoubleOptInTokenHash)); }

    /// <summary>When the message with the token was sent. Default: not recorded.</summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? DoubleOptInSentAt { get; init => field = LedgerCheck.OptionalInstant(value, nameof(DoubleOptInSentAt)); }

    /// <summary>The member of staff who entered it, as an opaque id; 1 to 128 bytes. Default: nobody did.</summary>
    public string? Operator { get; init => field = LedgerCheck.OptionalText(value, LedgerEvent.MaxName, nameof(Operator)); }

    /// <summary>Where a recording, scan or the like is kept; 1 to 1,024 bytes, no personal data. Default: none.</summary>
    public string? Attachment { get; init => field = LedgerCheck.OptionalText(value, LedgerEvent.MaxText, nameof(Attachment)); }

    /// <summary>
    /// The address that the answer came from. Optional; kept beside the event, encrypted under the person's key, and gone with the person. Default: none.
    /// </summary>
    [JsonIgnore]
    [Classified(DataClasses.IpAddress)]
    public Protected<string>? IpAddress { get; init; }

    /// <summary>The program that the answer came from, kept like <see cref="IpAddress"/>. Default: none.</summary>
    [JsonIgnore]
    [Classified(DataClasses.UserAgent)]
    public Protected<string>? UserAgent { get; init; }

    /// <summary>Whether it names the version of the notice, the method and the source.</summary>
    [JsonIgnore]
    public bool IsDemonstrable => NoticeVersion is not null && Method is not null && Source is not null;

    private static string? Hash(string? value, string name) => value is null or { Length: 64 } && (value is null || value.All(char.IsAsciiHexDigit))
        ? value?.ToLowerInvariant()
        : throw new ArgumentException($"{name} is no SHA-256 hash: write 64 hexadecimal digits.", name);
}
