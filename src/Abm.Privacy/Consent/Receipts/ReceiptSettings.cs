namespace Abm.Privacy.Consent.Receipts;

/// <summary>What a consent receipt states and no ledger knows.</summary>
public sealed class ReceiptSettings
{
    /// <summary>Creates settings.</summary>
    /// <param name="controller">Who asked for the consent.</param>
    /// <param name="privacyNotice">Where the privacy notice stands.</param>
    /// <param name="withdrawalMethod">How a person takes the consent back, in a sentence or as an address.</param>
    /// <exception cref="ArgumentException">The sentence is empty.</exception>
    public ReceiptSettings(ReceiptParty controller, Uri privacyNotice, string withdrawalMethod)
    {
        ArgumentNullException.ThrowIfNull(controller);
        ArgumentNullException.ThrowIfNull(privacyNotice);
        ArgumentException.ThrowIfNullOrWhiteSpace(withdrawalMethod);
        (Controller, PrivacyNotice, WithdrawalMethod) = (controller, privacyNotice, withdrawalMethod);
    }

    /// <summary>Who asked for the consent.</summary>
    public ReceiptParty Controller { get; }

    /// <summary>Where the privacy notice stands.</summary>
    public Uri PrivacyNotice { get; }

    /// <summary>How a person takes the consent back.</summary>
    public string WithdrawalMethod { get; }

    /// <summary>Others that receive the data or are asked: processors, third parties, the supervisory authority. Default: none.</summary>
    public IReadOnlyList<ReceiptParty> OtherParties { get; init; } = [];

    /// <summary>The rights that the person has, as the notice names them. Default: access, rectification, erasure, objection, portability and complaint.</summary>
    public IReadOnlyList<string> PrivacyRights { get; init; } = ["access", "rectification", "erasure", "objection", "portability", "complaint"];

    /// <summary>Where the data is stored, as the notice names it. Default: nothing is stated.</summary>
    public IReadOnlyList<string> StorageLocations { get; init; } = [];
}
