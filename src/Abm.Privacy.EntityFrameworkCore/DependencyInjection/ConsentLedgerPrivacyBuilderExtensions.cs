using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the consent ledger in an application's own database.</summary>
public static class ConsentLedgerPrivacyBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="IConsentLedger"/> over the tables of <c>modelBuilder.UseAbmConsent()</c>, with the default <see cref="KeyRing"/>, the <see cref="SendGate{TContext}"/>, which
    /// needs AddConsent, and what counts its messages; and tells the default erasure what the ledger holds of a person. Singletons.
    /// </summary>
    /// <typeparam name="TContext">The context, registered with AddDbContext or AddDbContextFactory.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="purposes">Every purpose that the application has.</param>
    /// <returns>The builder.</returns>
    public static PrivacyBuilder AddConsentLedger<TContext>(this PrivacyBuilder builder, PurposeCatalog purposes)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(purposes);
        var services = builder.AddEncryption().AddBlindIndex().Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(purposes);
        services.TryAddSingleton(provider => new SuppressionHasher(provider.GetRequiredService<KeyRing>()));
        services.TryAddSingleton(provider => new EfConsentLedger<TContext>(
            KeyContextSource.For<TContext>(provider), provider.GetRequiredService<KeyRing>(), provider.GetRequiredService<PurposeCatalog>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IConsentLedger>(provider => provider.GetRequiredService<EfConsentLedger<TContext>>());
        services.TryAddSingleton<ISendCounter>(provider => new LedgerSendCounter(KeyContextSource.For<TContext>(provider), SendWindow.Default));
        services.TryAddSingleton(provider => new SendGate<TContext>(
            KeyContextSource.For<TContext>(provider),
            provider.GetRequiredService<EfConsentLedger<TContext>>(),
            provider.GetRequiredService<CompiledConsentEvaluator>(),
            provider.GetRequiredService<PurposeCatalog>(),
            provider.GetRequiredService<TimeProvider>(),
            SendWindow.Default));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDerivedArtefactSource, ConsentArtefactSource<TContext>>(
            provider => new ConsentArtefactSource<TContext>(KeyContextSource.For<TContext>(provider), provider.GetRequiredService<TimeProvider>())));
        return builder;
    }
}
