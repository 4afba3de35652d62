using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>Keys that were just made and wrapped, so that those which a store took need not be unwrapped again. Safe for concurrent use.</summary>
internal sealed class FreshKeys : IDisposable
{
    private readonly Lock _lock = new();
    private Dictionary<KeyId, SecretKey>? _keys;
    private Dictionary<KeyId, MessageBudget>? _budgets;

    public void Add(SecretKey key)
    {
        lock (_lock)
        {
            (_keys ??= []).Add(key.Id, key);
        }
    }

    /// <summary>Notes the budget of a key that a store took.</summary>
    public void Add(KeyId id, MessageBudget budget) => (_budgets ??= [])[id] = budget;

    /// <summary>The budget of a key that was made here: of many at once the process keeps the last ones only.</summary>
    public MessageBudget? FindBudget(KeyId id) => _budgets?.GetValueOrDefault(id);

    /// <summary>The key of that id, now the caller's; null if it was not made here.</summary>
    public SecretKey? Take(KeyId id)
    {
        if (_keys is null)
        {
            return null; // nothing is made while keys are taken
        }

        lock (_lock)
        {
            return _keys.Remove(id, out var key) ? key : null;
        }
    }

    /// <summary>Zeroes the keys that nobody took.</summary>
    public void Dispose()
    {
        foreach (var key in _keys?.Values ?? (IEnumerable<SecretKey>)[])
        {
            key.Dispose();
        }

        _keys = null;
    }
}
