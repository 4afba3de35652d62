namespace Abm.Privacy.Keys;

/// <summary>The key sets that a lease holds, let go together.</summary>
internal sealed class HeldKeys : IDisposable
{
    private readonly List<Counted<DataKeySet>> _sets = [];

    public void Add(Counted<DataKeySet> held) => _sets.Add(held);

    public void Dispose() => CpuWork.ForEach(_sets, static held => held.Release());
}
