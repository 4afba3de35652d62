using Abm.Privacy.Classification;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QuickStart.Contacts;
using QuickStart.Disposal;
using QuickStart.Keys;
using QuickStart.Storage;

namespace QuickStart;

/// <summary>The services that steps take in their constructors, registered as an application registers them.</summary>
internal static class CampaignServices
{
    public static ServiceProvider Build(QuickStartOptions options, TimeProvider time, Primitives uses)
    {
        var services = new ServiceCollection();
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddAbmPrivacy(privacy => Add(privacy, options, uses));
        if (uses.HasFlag(Primitives.Retention))
        {
            services.AddSingleton(LegalHoldFile.Load(options.HoldsPath));
        }

        var provider = services.BuildServiceProvider();

        // a host does this at start; a console program without one asks for it
        provider.GetService<IStartupValidator>()?.Validate();
        return provider;
    }

    private static void Add(PrivacyBuilder privacy, QuickStartOptions options, Primitives uses)
    {
        if (uses.HasFlag(Primitives.Masking))
        {
            privacy.AddMasking(masking =>
            {
                // support needs these to find and serve a contact; every other class keeps its default mask
                masking.Classes[ContactClasses.ContactId] = "clear";
                masking.Classes[ContactClasses.Employer] = "clear";
                masking.Classes[DataClasses.Country] = "clear";
            });
        }

        if (uses.HasFlag(Primitives.Encryption) || uses.HasFlag(Primitives.Pseudonymization))
        {
            var keys = KeyFolder.Open(options.KeysFolder);

            // the root key and the tenant keys in the key folder, the data keys in the database beside what they protect
            void UseKeys(KeyRingBuilder ring) => ring.UseRootKeyFile(keys.RootKeyFile, keys.SetPassword).CreateIfMissing().UseDatabase<CrmContext>();

            // both use the key ring of the same name, so the keys are configured alike
            privacy.AddEncryption(UseKeys);
            privacy.AddPseudonymization(UseKeys);
            privacy.Services.AddSingleton(keys).AddSingleton<ContactDatabase>().AddDbContextFactory<CrmContext>((provider, context) => context
                .UseSqlite(ContactDatabase.ConnectionString(options))
                .AddInterceptors(new SecureDelete())
                .UseAbmPrivacy(provider));
        }

        if (uses.HasFlag(Primitives.Consent))
        {
            privacy.AddConsent(consent => consent.UsePolicyFile(Path.Combine(options.PoliciesFolder, "consent.json")));
        }

        if (uses.HasFlag(Primitives.Retention))
        {
            privacy.AddRetention(retention => retention.UseScheduleFile(Path.Combine(options.PoliciesFolder, "retention.json")));
        }
    }
}
