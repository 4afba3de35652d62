using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Checks;

/// <summary>Clusters that were already looked at: the rules of one policy ask the same things again and again.</summary>
internal sealed class ClusterCache
{
    private readonly Dictionary<HashSet<Atom>, FactCluster?> _clusters = new(HashSet<Atom>.CreateSetComparer());
    private MomentSpace? _moments;

    public FactCluster? Find(IReadOnlyList<FactDefinition> facts, IReadOnlyList<Atom> atoms, MomentSpace moments, SearchSettings settings)
    {
        if (_moments != moments)
        {
            _clusters.Clear();
            _moments = moments;
        }

        var key = atoms.ToHashSet();
        if (!_clusters.TryGetValue(key, out var cluster))
        {
            cluster = FactCluster.Of(facts, atoms, moments, settings);
            _clusters[key] = cluster;
        }

        return cluster;
    }
}
