namespace Abm.Privacy.Keys;

/// <summary>What a key derived from a data key is for, within its tenant: the name in a data key's list of derived keys.</summary>
internal readonly record struct DerivedKeyName(string Kind, string First, string Second, string Third)
{
    // the last parts differ most often
    public bool Equals(DerivedKeyName other) => Third == other.Third && Second == other.Second && First == other.First && Kind == other.Kind;

    public override int GetHashCode() => HashCode.Combine(Kind, First, Second, Third);
}
