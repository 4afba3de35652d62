using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>How far keys have been wrapped anew.</summary>
/// <param name="Selected">
/// How many keys needed it: for data keys when the work began; for tenant keys so far, as they are found on the way.
/// </param>
/// <param name="Rewrapped">How many were wrapped anew by this call so far; 0 for a dry run.</param>
/// <param name="LastTenant">
/// The last tenant that is done, in ordinal order, to resume after; null before the first one and for data keys, which need no
/// cursor: what is left to do is asked for anew.
/// </param>
public sealed record KeyRewrapProgress(long Selected, long Rewrapped, TenantId? LastTenant = null);
