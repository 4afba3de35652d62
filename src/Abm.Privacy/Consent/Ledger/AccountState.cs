using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>What is said of an account as it stands now.</summary>
/// <param name="Parent">The account above it; null for none.</param>
/// <param name="IsOnTargetList">Whether it is on the target list; null if no target list is in use.</param>
/// <param name="MessageCap">The most messages to its people in the rolling window; null for no cap.</param>
public sealed record AccountState(AccountId? Parent, bool? IsOnTargetList, int? MessageCap);
