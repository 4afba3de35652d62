using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>An identifier by its keyed hashes alone.</summary>
/// <param name="Hash">Its suppression hash.</param>
/// <param name="Domain">The suppression hash of an e-mail address's domain.</param>
/// <param name="IndexValue">Its index value under the current key.</param>
/// <param name="IndexVersion">The version of that key.</param>
internal sealed record IdentifierNames(SuppressionHash Hash, SuppressionHash? Domain, byte[] IndexValue, int IndexVersion);
