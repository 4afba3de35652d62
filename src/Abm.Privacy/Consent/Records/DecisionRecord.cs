namespace Abm.Privacy.Consent.Records;

/// <summary>
/// What is kept of a decision so that it can be replayed: 60 to 100 bytes. It names nobody; whom it is about stands beside it
/// (<see cref="DecisionSubject"/>), and the digest binds the two.
/// </summary>
/// <remarks>
/// <para>The bytes: version 1; flags (2 bits outcome, hash instead of a mask, special categories, directed at children, hash instead of event ids, 2 bits
/// number of mask words less 1); 16 bytes start of the policy's SHA-256; 16 bytes decision id; 6 bytes moment in Unix milliseconds; how much later the state of
/// knowledge is, in milliseconds (zigzag); key version; 8 bytes digest of the facts; messages sent to the contact and to the account; bits of failed providers;
/// mask words of 8 bytes; number of obligations and a bit for each that was met, padded to bytes; number of events and their ids of 16 bytes, or the
/// first 8 bytes of the SHA-256 of all ids where the record would grow above 100 bytes.</para>
/// <para>Numbers of several bytes are big-endian; those without a size are LEB128 with 7 bits a byte, the lowest first.</para>
/// </remarks>
public sealed class DecisionRecord
{
    /// <summary>The greatest size in bytes.</summary>
    public const int MaxSize = 128;

    internal DecisionRecord()
    {
    }

    /// <summary>The decision's id.</summary>
    public Guid DecisionId { get; internal init; }

    /// <summary>The answer.</summary>
    public ConsentOutcome Outcome { get; internal init; }

    /// <summary>The first 32 hexadecimal digits of the policy's <see cref="PolicyReference.Sha256"/>.</summary>
    public string PolicyHash { get; internal init; } = "";

    /// <summary>The moment that the decision was about, in whole milliseconds.</summary>
    public DateTimeOffset AsOf { get; internal init; }

    /// <summary>What was recorded by then counted.</summary>
    public DateTimeOffset KnownAt { get; internal init; }

    /// <summary>Which rules held; a hash of the answer where <see cref="HasMask"/> is false.</summary>
    public RuleMask Mask => MaskOf.Words;

    /// <summary>Whether <see cref="Mask"/> is a mask: false where the policy has more rules than bits, or a rule failed.</summary>
    public bool HasMask => !MaskOf.IsDigest;

    /// <summary>How many obligations the decision had.</summary>
    public int ObligationCount { get; internal init; }

    /// <summary>Whether the sender proved that every obligation is met. False for a decision that was only recorded.</summary>
    public bool IsFulfilled => Outcome == ConsentOutcome.Permit && Fulfilled == (1UL << ObligationCount) - 1 && WasSent;

    /// <summary>The events behind the decision; empty where there are none or too many for the record.</summary>
    public IReadOnlyList<Guid> Evidence { get; internal init; } = [];

    /// <summary>How many events are behind the decision.</summary>
    public int EvidenceCount { get; internal init; }

    /// <summary>Whether the message was chosen by data of the special categories.</summary>
    public bool UsesSpecialCategory { get; internal init; }

    /// <summary>Whether the message was directed at children.</summary>
    public bool ChildDirected { get; internal init; }

    /// <summary>The messages that had been sent, which no ledger tells.</summary>
    public SendCounts Sends { get; internal init; }

    internal DecisionMask MaskOf { get; init; }

    internal ulong Fulfilled { get; init; }

    internal bool WasSent { get; init; }

    internal int KeyVersion { get; init; }

    internal ulong FactsDigest { get; init; }

    /// <summary>The bits of providers beside the ledger's own.</summary>
    internal int OtherErrors { get; init; }

    /// <summary>The first 8 bytes of the hash of the event ids; 0 where the ids stand in the record.</summary>
    internal ulong EvidenceDigest { get; init; }

    /// <summary>Writes the record.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes() => DecisionRecordFormat.Write(this);

    /// <summary>Reads a record.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> returned.</param>
    /// <returns>The record.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.DecisionRecordInvalid"/>: the bytes are no record of a known version.</exception>
    public static DecisionRecord Parse(ReadOnlySpan<byte> bytes) => DecisionRecordFormat.Read(bytes);

    /// <summary>Outcome, moment and policy.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Outcome} at {AsOf.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} by policy {PolicyHash[..8]}");
}
