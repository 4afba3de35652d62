namespace Abm.Privacy.Consent.Packs;

/// <summary>
/// The packs that come with the library: engineering readings of the law, not legal advice. Each names its owner and the day by
/// which it must be read again; have a lawyer read every pack that you use.
/// </summary>
public static class ConsentPacks
{
    /// <summary>House rules, preferences and explanations that hold everywhere. It permits nothing; every other pack needs it.</summary>
    public static ConsentPack Common { get; } = new("common");

    /// <summary>The European Union, with what Germany and France do differently.</summary>
    public static ConsentPack EuropeanUnion { get; } = new("eu", Common);

    /// <summary>The United Kingdom.</summary>
    public static ConsentPack UnitedKingdom { get; } = new("uk", Common);

    /// <summary>Federal law of the United States.</summary>
    public static ConsentPack UnitedStates { get; } = new("us", Common);

    /// <summary>California, on top of <see cref="UnitedStates"/>.</summary>
    public static ConsentPack California { get; } = new("us-ca", UnitedStates);

    /// <summary>Canada.</summary>
    public static ConsentPack Canada { get; } = new("ca", Common);

    /// <summary>Brazil.</summary>
    public static ConsentPack Brazil { get; } = new("br", Common);

    /// <summary>Every pack, those first that others need.</summary>
    public static IReadOnlyList<ConsentPack> All { get; } = [Common, EuropeanUnion, UnitedKingdom, UnitedStates, California, Canada, Brazil];

    /// <summary>Joins packs, and those that they need, into one policy.</summary>
    /// <param name="packs">The packs; at least one.</param>
    /// <returns>The policy.</returns>
    public static ConsentPolicy Combine(params IReadOnlyList<ConsentPack> packs)
    {
        ArgumentNullException.ThrowIfNull(packs);
        ArgumentOutOfRangeException.ThrowIfZero(packs.Count, nameof(packs));
        return ConsentPolicy.Combine([.. WithNeeds(packs).Select(pack => pack.Policy)]);
    }

    internal static IEnumerable<ConsentPack> WithNeeds(IEnumerable<ConsentPack> packs) =>
        packs.SelectMany(pack => WithNeeds(pack.Needs).Append(pack)).Distinct();
}
