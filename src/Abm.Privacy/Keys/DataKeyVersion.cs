namespace Abm.Privacy.Keys;

/// <summary>Names one version of an owner's data key.</summary>
/// <param name="Owner">Whose key it is.</param>
/// <param name="Version">1 for an owner's first key, then counted up.</param>
public readonly record struct DataKeyVersion(DataKeyOwner Owner, int Version);
