using Microsoft.Extensions.DependencyInjection;

namespace QuickStart;

/// <summary>The services that steps take in their constructors.</summary>
internal static class CampaignServices
{
    public static ServiceProvider Build(QuickStartOptions options, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddAbmPrivacy(_ => { });
        return services.BuildServiceProvider();
    }
}
