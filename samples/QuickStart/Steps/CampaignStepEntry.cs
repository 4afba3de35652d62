using Microsoft.Extensions.DependencyInjection;

namespace QuickStart.Steps;

/// <summary>A step's name on the command line, and how it is made when its turn comes.</summary>
internal sealed record CampaignStepEntry(string Name, Func<IServiceProvider, ICampaignStep> Create)
{
    /// <summary>A step whose constructor takes services.</summary>
    public static CampaignStepEntry For<TStep>(string name)
        where TStep : class, ICampaignStep =>
        new(name, services => ActivatorUtilities.CreateInstance<TStep>(services));
}
