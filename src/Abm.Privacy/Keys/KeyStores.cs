namespace Abm.Privacy.Keys;

/// <summary>What a key ring was made of, for the work on its keys.</summary>
internal sealed record KeyStores(
    IRootKeyProvider Root, ITenantKeyStore TenantKeys, IDataKeyStore DataKeys, TimeProvider Time, TimeSpan CacheLifetime);
