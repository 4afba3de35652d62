namespace Abm.Privacy.Keys;

/// <summary>An operation that uses a lease's keys: until it is released, none of them is zeroed.</summary>
/// <param name="uses">The lease's operations.</param>
/// <param name="place">Where it is counted.</param>
internal readonly struct KeyUse(KeyUses uses, int place)
{
    public int Place => place;

    public void Release() => uses.Release(place);
}
