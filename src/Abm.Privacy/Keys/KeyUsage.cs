namespace Abm.Privacy.Keys;

/// <summary>What a data key is for. A key is never used for two purposes; the usage is bound into its wrapping.</summary>
public enum KeyUsage
{
    /// <summary>The fields of one subject. The unit of crypto-shredding.</summary>
    Field = 1,

    /// <summary>Protected data of a tenant that belongs to no person.</summary>
    Shared = 2,

    /// <summary>Root of the blind-index keys of a tenant.</summary>
    Index = 3,

    /// <summary>Root of the token and keyed-mask keys of a tenant.</summary>
    Token = 4,

    /// <summary>Root of the pseudonym keys of a tenant.</summary>
    Pseudonym = 5,

    /// <summary>Root of the suppression keys of a tenant: what recognizes a suppressed person after everything else was erased.</summary>
    Suppression = 6,

    /// <summary>Root of the keys of a tenant under which decision records keep digests of facts.</summary>
    Decision = 7,
}
