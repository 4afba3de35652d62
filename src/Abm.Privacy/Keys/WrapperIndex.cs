using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Which data keys of one tenant each tenant key wraps, so that a rewrap does not read all of them for every page.</summary>
internal sealed class WrapperIndex
{
    private readonly Dictionary<KeyId, HashSet<DataKeyVersion>> _keys = [];

    /// <summary>Moves a key version; null stands for no wrapper, before it was stored or as a tombstone.</summary>
    public void Move(DataKeyVersion key, KeyId? from, KeyId? to)
    {
        if (from == to)
        {
            return;
        }

        if (from is { } old && _keys.TryGetValue(old, out var left) && left.Remove(key) && left.Count == 0)
        {
            _keys.Remove(old);
        }

        if (to is { } current)
        {
            if (!_keys.TryGetValue(current, out var joined))
            {
                _keys.Add(current, joined = []);
            }

            joined.Add(key);
        }
    }

    public IEnumerable<DataKeyVersion> FindNotWrappedBy(KeyId tenantKey) =>
        _keys.Where(wrapper => wrapper.Key != tenantKey).SelectMany(wrapper => wrapper.Value);

    public long CountNotWrappedBy(KeyId tenantKey) => _keys.Where(wrapper => wrapper.Key != tenantKey).Sum(wrapper => (long)wrapper.Value.Count);
}
