using System.Data.Common;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Guarding;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Mapping;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Abm.Privacy.EntityFrameworkCore.Saving;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Abm.Privacy.EntityFrameworkCore;

/// <summary>
/// What a context's options know of privacy. The services that it adds to the context are stateless or live as long as the
/// context, and find keys here: so contexts with different keys share one service provider.
/// </summary>
internal sealed class PrivacyOptionsExtension : IDbContextOptionsExtension
{
    private ExtensionInfo? _info;

    public required Lazy<KeyRing> LazyKeys { private get; init; }

    public required Lazy<IFieldEncryptor> LazyEncryptor { private get; init; }

    public required Lazy<IRevealAuditSink?> LazyAudit { private get; init; }

    public KeyRing Keys => LazyKeys.Value;

    public IFieldEncryptor Encryptor => LazyEncryptor.Value;

    /// <summary>The application's sink, if it has one.</summary>
    public IRevealAuditSink? Audit => LazyAudit.Value;

    public PrivacyBaseline? Baseline { get; init; }

    /// <summary>The stores on the context's connection; null for the package's own.</summary>
    public IContextKeyStores? KeyStores { get; init; }

    public DbContextOptionsExtensionInfo Info => _info ??= new ExtensionInfo(this);

    public static PrivacyOptionsExtension Of(DbContext context) => Of(context.GetService<IDbContextOptions>());

    public static PrivacyOptionsExtension Of(IDbContextOptions options) => options.FindExtension<PrivacyOptionsExtension>()
        ?? throw new InvalidOperationException("The context does not know its keys. Call UseAbmPrivacy on its options.");

    public PrivacyOptionsExtension With(PrivacyBaseline? baseline = null, IRevealAuditSink? audit = null, IContextKeyStores? keyStores = null) => new()
    {
        LazyKeys = LazyKeys,
        LazyEncryptor = LazyEncryptor,
        LazyAudit = audit is null ? LazyAudit : new(audit),
        Baseline = baseline ?? Baseline,
        KeyStores = keyStores ?? KeyStores,
    };

    public IDataKeyStore CreateKeyStore(DbContext context, DbTransaction? transaction, bool holds = false) =>
        (KeyStores ?? context.GetService<IContextKeyStores>()).CreateFor(context, transaction, holds);

    public void ApplyServices(IServiceCollection services)
    {
        new EntityFrameworkRelationalServicesBuilder(services)
            .TryAdd<IConventionSetPlugin, PrivacyConventionPlugin>()
            .TryAdd<IRelationalTypeMappingSourcePlugin, ProtectedTypeMappingPlugin>();
        services.TryAddSingleton<IContextKeyStores, ContextKeyStores>();
        services.TryAddScoped<SaveSession>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IInterceptor, SealingInterceptor>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IInterceptor, KeyFlushInterceptor>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IInterceptor, UnflushedKeyGuard>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IInterceptor, ProtectedQueryGuard>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IInterceptor, SqliteSecureDelete>());
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(PrivacyOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using Abm.Privacy ";

        // the model is cached with the services and depends on the baseline
        public override int GetServiceProviderHashCode() => string.GetHashCode(extension.Baseline?.Text ?? "", StringComparison.Ordinal);

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other.Extension is PrivacyOptionsExtension mine && mine.Baseline?.Text == extension.Baseline?.Text;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
            debugInfo["Abm.Privacy:Baseline"] = extension.Baseline is null ? "none" : "given";
    }
}
