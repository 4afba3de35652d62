using Abm.Privacy.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the key ring that encryption and pseudonymization of one name share.</summary>
internal static partial class KeyRingRegistration
{
    public static void AddKeyRing(this PrivacyBuilder builder, string name, Action<KeyRingBuilder>? configure)
    {
        ArgumentNullException.ThrowIfNull(name);
        var services = builder.Services;
        services.AddValidatedOptions<KeyRingOptions, KeyRingOptionsValidator>(name);
        configure?.Invoke(new KeyRingBuilder(services, name));
        services.TryAddNamed<ITenantKeyStore>(name, provider => CreateTenantKeyStore(provider, Options(provider, name)));
        services.TryAddNamed<IDataKeyStore>(name, provider => CreateDataKeyStore(provider, Options(provider, name)));
        services.TryAddNamed<IRootKeyProvider>(name, provider => CreateRoot(provider, name, Options(provider, name)));
        services.TryAddNamed(name, provider =>
        {
            var options = Options(provider, name); // first, so that its faults come before any other
            var ring = new KeyRing(
                provider.GetNamed<IRootKeyProvider>(name),
                provider.GetNamed<ITenantKeyStore>(name),
                provider.GetNamed<IDataKeyStore>(name),
                options,
                provider.GetRequiredService<TimeProvider>());
            if (provider.GetService<ILoggerFactory>()?.CreateLogger<KeyRing>() is { } logger)
            {
                ring.HandlerFailed = error => LogHandlerFailed(logger, error.GetType().Name); // its message may hold anything
                ring.MessageLimitNear += (_, near) => LogMessageLimitNear(logger, near.KeyId.ToString(), near.MessagesReserved, KeyMessagesEventArgs.Limit);
            }

            return ring;
        });
        services.TryAddNamed(name, provider => new KeyLifecycle(provider.GetNamed<KeyRing>(name)));
    }

    public static void AddKeyRing(this PrivacyBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        builder.Services.AddOptions<KeyRingOptions>(name).CheckKeyRingShape(configuration);
        builder.AddKeyRing(name, keys => keys.Configure(options => configuration.Bind(options)));
    }

    private static KeyRingOptions Options(IServiceProvider provider, string name) => provider.GetValidatedOptions<KeyRingOptions>(name);

    private static ITenantKeyStore CreateTenantKeyStore(IServiceProvider provider, KeyRingOptions options) =>
        options.TenantKeyStore?.Invoke(provider)
        ?? (options.AllowVolatileKeys ? new InMemoryTenantKeyStore() : new FileTenantKeyStore(options.FindKeyFolder()!));

    private static IDataKeyStore CreateDataKeyStore(IServiceProvider provider, KeyRingOptions options) =>
        options.DataKeyStore?.Invoke(provider)
        ?? (options.AllowVolatileKeys ? new InMemoryDataKeyStore() : new FileDataKeyStore(options.FindKeyFolder()!));

    private static IRootKeyProvider CreateRoot(IServiceProvider provider, string name, KeyRingOptions options)
    {
        var made = new List<IRootKeyProvider>();
        try
        {
            made.Add(CreateCurrentRoot(provider, name, options));
            made.AddRange(options.DistinctPreviousFiles().Select(file => CreateFileRoot(provider, name, file)));
            foreach (var certificate in options.DistinctPreviousCertificates())
            {
                made.Add(new RootCertificateProvider(certificate, provider.GetRequiredService<TimeProvider>()));
            }

            foreach (var create in options.PreviousRootKeyProviders)
            {
                made.Add(create(provider));
            }

            return made.Count == 1 ? made[0] : new RotatingRootKeyProvider(made[0], made[1..]);
        }
        catch
        {
            made.ForEach(root => (root as IDisposable)?.Dispose());
            throw;
        }
    }

    private static IRootKeyProvider CreateCurrentRoot(IServiceProvider provider, string name, KeyRingOptions options) => options switch
    {
        { RootKeyProvider: { } create } => create(provider),
        { AllowVolatileKeys: true } => new VolatileRootKeyProvider(),
        { RootCertificate.Certificate.IsSet: true } => new RootCertificateProvider(options.RootCertificate, provider.GetRequiredService<TimeProvider>()),
        _ => CreateFileRoot(provider, name, options.RootKeyFile),
    };

    private static RootKeyFileProvider CreateFileRoot(IServiceProvider provider, string name, RootKeyFileOptions file) =>
        new(file, provider.GetNamed<ITenantKeyStore>(name), provider.GetNamed<IDataKeyStore>(name));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The key {KeyId} has {Reserved} of {Limit} messages set aside. Rotate it soon (KeyLifecycle); at the limit it encrypts nothing more.")]
    private static partial void LogMessageLimitNear(ILogger logger, string keyId, long reserved, long limit);

    [LoggerMessage(Level = LogLevel.Error, Message = "A handler of KeyRing.MessageLimitNear failed with {Error}. Encryption goes on; mend the handler.")]
    private static partial void LogHandlerFailed(ILogger logger, string error);
}
