using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds encrypted columns to a context.</summary>
public static class PrivacyDbContextOptionsExtensions
{
    /// <summary>
    /// Encrypts every <see cref="Abm.Privacy.Classification.Protected{T}"/> of the context when it is saved, with the
    /// encryption of the application's services. Call it after the provider; harmless when repeated. On SQLite every
    /// connection that the context opens has <c>secure_delete</c> on, so that nothing deleted stays in the file's free pages; an
    /// application that hands over an open connection sets it itself.
    /// </summary>
    /// <param name="options">The context's options.</param>
    /// <param name="services">The application's services, with <c>AddAbmPrivacy(p => p.AddEncryption(..))</c>.</param>
    /// <param name="configure">Says more.</param>
    /// <returns>The same options.</returns>
    public static DbContextOptionsBuilder UseAbmPrivacy(
        this DbContextOptionsBuilder options, IServiceProvider services, Action<PrivacyContextOptionsBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);

        // late: tools that only need the model have no keys
        return Use(
            options,
            services.GetRequiredService<KeyRing>,
            services.GetRequiredService<IFieldEncryptor>,
            services.GetService<IRevealAuditSink>,
            configure);
    }

    /// <summary>Encrypts every <see cref="Abm.Privacy.Classification.Protected{T}"/> of the context when it is saved, with given keys.</summary>
    /// <param name="options">The context's options.</param>
    /// <param name="keys">The keys. Their data key store must be the one in the context's database.</param>
    /// <param name="encryptor">The encryptor.</param>
    /// <param name="configure">Says more.</param>
    /// <returns>The same options.</returns>
    public static DbContextOptionsBuilder UseAbmPrivacy(
        this DbContextOptionsBuilder options, KeyRing keys, IFieldEncryptor encryptor, Action<PrivacyContextOptionsBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(encryptor);
        return Use(options, () => keys, () => encryptor, () => null, configure);
    }

    private static DbContextOptionsBuilder Use(
        DbContextOptionsBuilder options,
        Func<KeyRing> keys,
        Func<IFieldEncryptor> encryptor,
        Func<IRevealAuditSink?> audit,
        Action<PrivacyContextOptionsBuilder>? configure)
    {
        var before = options.Options.FindExtension<PrivacyOptionsExtension>();
        var builder = new PrivacyContextOptionsBuilder(new PrivacyOptionsExtension
        {
            LazyKeys = new(keys),
            LazyEncryptor = new(encryptor),
            LazyAudit = new(audit),
            Baseline = before?.Baseline,
            KeyStores = before?.KeyStores,
        });
        configure?.Invoke(builder);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(builder.Extension);
        return options;
    }
}
