namespace Abm.Privacy.Keys;

/// <summary>What a key derived from a data key is for, within its tenant: the key of a data key's derivation cache.</summary>
internal readonly record struct DerivedKeyName(string Kind, string First, string Second, string Third)
{
    // the kind is one of a few constants, so it adds nothing to the hash
    public override int GetHashCode() => HashCode.Combine(
        string.GetHashCode(First, StringComparison.Ordinal),
        string.GetHashCode(Second, StringComparison.Ordinal),
        string.GetHashCode(Third, StringComparison.Ordinal));
}
