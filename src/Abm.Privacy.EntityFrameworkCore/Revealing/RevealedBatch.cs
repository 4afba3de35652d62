using System.Collections;

namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>How it went with each of several entities, in the order in which they were given.</summary>
/// <typeparam name="T">The entities' type.</typeparam>
public sealed class RevealedBatch<T> : IReadOnlyList<RevealResult<T>>
{
    private readonly IReadOnlyList<RevealResult<T>> _results;

    internal RevealedBatch(IReadOnlyList<RevealResult<T>> results) => _results = results;

    /// <summary>The number of entities.</summary>
    public int Count => _results.Count;

    /// <summary>How it went with one entity.</summary>
    /// <param name="index">The entity's position, from 0.</param>
    public RevealResult<T> this[int index] => _results[index];

    /// <summary>The entities, if every asked value opened.</summary>
    /// <returns>The entities in their order.</returns>
    /// <exception cref="PrivacyException">A value did not open: the code of the first failure, and the position of its entity.</exception>
    public IReadOnlyList<T> GetEntities()
    {
        ThrowIfFailed();
        return [.. _results.Select(result => result.Entity)];
    }

    /// <summary>Throws if any value did not open. What opened stays revealed.</summary>
    /// <exception cref="PrivacyException">The code of the first failure, and the position of its entity.</exception>
    public void ThrowIfFailed()
    {
        if (_results.FirstOrDefault(result => !result.Succeeded) is { } first)
        {
            var failure = first.Failures[0];
            throw new PrivacyException(
                failure.Error.Code,
                $"{_results.Count(result => !result.Succeeded)} of {Count} entities have values that do not open; the first is {failure.Field} of the entity at position {first.Position}: {failure.Error.Message}",
                failure.Error);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<RevealResult<T>> GetEnumerator() => _results.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
