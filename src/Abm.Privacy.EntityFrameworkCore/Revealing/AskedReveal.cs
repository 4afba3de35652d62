using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>What shall be revealed of entities, and its keys if they are there already.</summary>
internal sealed class AskedReveal<T>(
    RevealResult<T>[] results,
    IReadOnlyList<RevealTarget> targets,
    IReadOnlyList<(TenantId Tenant, IGrouping<SubjectId, RevealTarget>[] Subjects)> groups) : IDisposable
    where T : class
{
    private KeyLease? _owned;

    /// <summary>One for each entity, to note failures in.</summary>
    public RevealResult<T>[] Results => results;

    public IReadOnlyList<RevealTarget> Targets => targets;

    /// <summary>Subjects whose keys are read by one query each.</summary>
    public IReadOnlyList<(TenantId Tenant, IGrouping<SubjectId, RevealTarget>[] Subjects)> Groups => groups;

    /// <summary>The keys of the only group; null if they are still to be read.</summary>
    public KeyLease? Keys { get; private set; }

    public void Dispose() => _owned?.Dispose();

    public void Own(KeyLease keys) => Keys = _owned = keys;

    /// <summary>Uses the keys that were read for the same entities, or more of them, and that stay the other's.</summary>
    public void TakeKeysOf(AskedReveal<T> other) => Keys = groups.Count == 1 ? other.Keys : null;
}
