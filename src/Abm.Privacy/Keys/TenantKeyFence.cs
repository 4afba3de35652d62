namespace Abm.Privacy.Keys;

/// <summary>The one error of a store whose fence stands in front of a tenant key.</summary>
internal static class TenantKeyFence
{
    public static PrivacyException Retired() => new(
        PrivacyErrorCode.TenantKeyRetired,
        "The tenant key that wraps this data key was retired meanwhile; nothing was stored. Read the tenant's keys again and wrap it under the active one.");
}
