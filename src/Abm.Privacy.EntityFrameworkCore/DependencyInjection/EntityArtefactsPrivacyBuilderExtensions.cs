using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Tells erasure what a context's tables hold of a person beside the encrypted values.</summary>
public static class EntityArtefactsPrivacyBuilderExtensions
{
    /// <summary>Registers the context's index columns, and what else is erased with a subject, for the default erasure.</summary>
    /// <typeparam name="TContext">The context, registered with AddDbContext or AddDbContextFactory.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static PrivacyBuilder AddEntityArtefacts<TContext>(this PrivacyBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDerivedArtefactSource, EntityArtefactSource<TContext>>(
            provider => new EntityArtefactSource<TContext>(KeyContextSource.For<TContext>(provider))));
        return builder;
    }

    /// <summary>The same for a named erasure.</summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The erasure's name.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PrivacyBuilder AddEntityArtefacts<TContext>(this PrivacyBuilder builder, string name)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        builder.Services.TryAddEnumerable(ServiceDescriptor.KeyedSingleton<IDerivedArtefactSource, EntityArtefactSource<TContext>>(
            name, (provider, _) => new EntityArtefactSource<TContext>(KeyContextSource.For<TContext>(provider))));
        return builder;
    }
}
