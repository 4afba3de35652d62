namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>How it went with one entity. What opened is revealed, whatever else failed.</summary>
/// <typeparam name="T">The entity's type.</typeparam>
public sealed class RevealResult<T>
{
    private readonly List<RevealFailure> _failures = [];

    internal RevealResult(T entity, int position) => (Entity, Position) = (entity, position);

    /// <summary>The entity.</summary>
    public T Entity { get; }

    /// <summary>Its position among the given entities, from 0.</summary>
    public int Position { get; }

    /// <summary>The values that did not open and stay sealed; none if all is well.</summary>
    public IReadOnlyList<RevealFailure> Failures => _failures;

    /// <summary>Whether every asked value opened.</summary>
    public bool Succeeded => _failures.Count == 0;

    internal void Add(RevealFailure failure)
    {
        lock (_failures)
        {
            _failures.Add(failure);
        }
    }
}
