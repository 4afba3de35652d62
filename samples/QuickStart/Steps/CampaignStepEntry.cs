using Microsoft.Extensions.DependencyInjection;

namespace QuickStart.Steps;

/// <summary>A step's name on the command line, and how it is made when its turn comes.</summary>
/// <param name="Name">The name.</param>
/// <param name="Uses">The primitives that the step's constructor takes.</param>
/// <param name="Needs">The steps without which this one would decide on too little; they run before it.</param>
/// <param name="Create">Makes the step.</param>
internal sealed record CampaignStepEntry(string Name, Primitives Uses, IReadOnlyList<string> Needs, Func<IServiceProvider, ICampaignStep> Create)
{
    /// <summary>A step whose constructor takes services.</summary>
    public static CampaignStepEntry For<TStep>(string name, Primitives uses = Primitives.None, params string[] needs)
        where TStep : class, ICampaignStep =>
        new(name, uses, needs, services => ActivatorUtilities.CreateInstance<TStep>(services));
}
