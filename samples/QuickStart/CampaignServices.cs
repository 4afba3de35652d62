using Abm.Privacy.Classification;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QuickStart.Contacts;
using QuickStart.Decisions;
using QuickStart.Disposal;
using QuickStart.Keys;
using QuickStart.Ledger;
using QuickStart.Storage;
using QuickStart.Views;

namespace QuickStart;

/// <summary>The services that steps take in their constructors, registered as an application registers them.</summary>
internal static class CampaignServices
{
    public static ServiceProvider Build(QuickStartOptions options, TimeProvider time, Primitives uses)
    {
        var services = new ServiceCollection();
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton(CampaignPurposes.Catalog);
        services.AddAbmPrivacy(privacy => Add(privacy, options, time, uses));
        if (uses.HasFlag(Primitives.Retention) || uses.HasFlag(Primitives.Holds))
        {
            services.AddSingleton(LegalHoldFile.Load(options.HoldsPath));
        }

        var provider = services.BuildServiceProvider();

        // a host does this at start; a console program without one asks for it
        provider.GetService<IStartupValidator>()?.Validate();
        return provider;
    }

    private static void Add(PrivacyBuilder privacy, QuickStartOptions options, TimeProvider time, Primitives uses)
    {
        if (uses.HasFlag(Primitives.Masking))
        {
            privacy.AddMasking(masking =>
            {
                // support needs these to find and serve a contact; every other class keeps its default mask
                masking.Classes[ContactClasses.ContactId] = "clear";
                masking.Classes[ContactClasses.Employer] = "clear";
                masking.Classes[DataClasses.Country] = "clear";
            }).AddMaskingViews(ContactRoles.Declare);
        }

        if (uses.HasFlag(Primitives.Encryption) || uses.HasFlag(Primitives.Pseudonymization))
        {
            AddStore(privacy, options, KeyFolder.Open(options.KeysFolder), uses.HasFlag(Primitives.Erasure) ? time : null);
        }

        if (uses.HasFlag(Primitives.KeyedMasking))
        {
            privacy.AddKeyedMasking();
        }

        if (uses.HasFlag(Primitives.Consent))
        {
            // the archive keeps every policy that decided, so that decisions can be made again after the rules have changed
            privacy.AddConsent(consent => consent.UseShippedPacks().UsePolicyArchive(Path.Combine(options.OutFolder, "policy-archive")));
            privacy.Services.AddSingleton<NewsletterMessage>();
        }

        if (uses.HasFlag(Primitives.Retention))
        {
            privacy.AddRetention(retention => retention.UseScheduleFile(Path.Combine(options.PoliciesFolder, "retention.json")));
        }
    }

    /// <param name="privacy">The builder.</param>
    /// <param name="options">Where the database is.</param>
    /// <param name="keys">Where the keys are.</param>
    /// <param name="erasureTime">The clock of erasure; null if no step of the run erases.</param>
    private static void AddStore(PrivacyBuilder privacy, QuickStartOptions options, KeyFolder keys, TimeProvider? erasureTime)
    {
        // encryption, indexes and pseudonyms use one key ring: the root key and the tenant keys in the key folder, the data keys in the database
        privacy.AddEncryption(ring => ring.UseRootKeyFile(keys.RootKeyFile, keys.SetPassword).CreateIfMissing().UseDatabase<CrmContext>())
            .AddBlindIndex()
            .AddPseudonymization()
            .AddConsentLedger<CrmContext>(CampaignPurposes.Catalog); // beside every step that erases, so that none forgets what the ledger holds
        privacy.Services.AddSingleton(keys).AddSingleton<ContactDatabase>().AddDbContextFactory<CrmContext>((provider, context) => context
            .UseSqlite(ContactDatabase.ConnectionString(options))
            .UseAbmPrivacy(provider, encrypted => encrypted.UseBaseline(File.ReadAllText(CrmContext.BaselinePath))));
        if (erasureTime is not null)
        {
            privacy.AddErasure(erasure =>
            {
                erasure.EncryptedSinceFirstWrite = "QuickStart: its database never held these fields in clear";
                erasure.NoKeyBackups = true;
                keys.SetSigner(erasure.SigningCertificate, erasureTime.GetUtcNow());
            });
            privacy.AddEntityArtefacts<CrmContext>();
        }
    }
}
