using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Records;
using Abm.Privacy.Keys;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What stands on a ledger. The ledger, its purposes, the counter of messages and the keys of a name are those of the name if there are any, else the default ones.</summary>
internal static class ConsentRegistration
{
    public static void AddService(IServiceCollection services, string name) =>
        services.TryAddNamed<IConsentService>(name, provider => new ConsentService(
            Need<IConsentLedger>(provider, name),
            Need<PurposeCatalog>(provider, name),
            provider.GetNamed<CompiledConsentEvaluator>(name),
            provider.GetRequiredService<TimeProvider>(),
            Find<ISendCounter>(provider, name)));

    public static void AddRecords(IServiceCollection services, string name)
    {
        services.TryAddNamed(name, provider => new DecisionRecorder(Need<KeyRing>(provider, name), provider.GetNamed<IPolicyArchive>(name)));
        services.TryAddNamed(name, provider => new DecisionReplay(
            Need<IConsentLedger>(provider, name), provider.GetNamed<IPolicyArchive>(name), Need<KeyRing>(provider, name), provider.GetRequiredService<TimeProvider>()));
    }

    private static T Need<T>(IServiceProvider provider, string name)
        where T : class => Find<T>(provider, name) ?? throw new InvalidOperationException(
            $"Consent needs {typeof(T).Name}, which nobody registered. Register a consent ledger, for example with AddConsentLedger<TContext>(purposes), and encryption.");

    private static T? Find<T>(IServiceProvider provider, string name)
        where T : class => (name == Options.Options.DefaultName ? null : provider.GetKeyedService<T>(name)) ?? provider.GetService<T>();
}
