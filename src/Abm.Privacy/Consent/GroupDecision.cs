using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Consent;

/// <summary>The decisions about many contact points, made at one moment.</summary>
public sealed class GroupDecision
{
    internal GroupDecision(IReadOnlyList<ContactPointId> contactPoints, IReadOnlyList<ConsentDecision> decisions, ConsentDecision strictest) =>
        (ContactPoints, Decisions, Strictest) = (contactPoints, decisions, strictest);

    /// <summary>The contact points, each once, in the order given.</summary>
    public IReadOnlyList<ContactPointId> ContactPoints { get; }

    /// <summary>The decision about each, in the same order.</summary>
    public IReadOnlyList<ConsentDecision> Decisions { get; }

    /// <summary>The decision about all of them together: the least permissive one, which counts where they are addresses of one person.</summary>
    public ConsentDecision Strictest { get; }

    /// <summary>The contact points that may be used.</summary>
    public IReadOnlyList<ContactPointId> Permitted => [.. ContactPoints.Zip(Decisions).Where(pair => pair.Second.IsPermitted).Select(pair => pair.First)];

    /// <summary>How many got which answer, and why.</summary>
    public DecisionCounts Counts
    {
        get
        {
            var counts = new DecisionCounts();
            foreach (var decision in Decisions)
            {
                counts.Add(decision.Verdict);
            }

            return counts;
        }
    }

    /// <summary>The outcomes with their counts.</summary>
    /// <returns>For example <c>5 permit, 1 defer, 2 deny</c>.</returns>
    public override string ToString() => Counts.ToString();
}
