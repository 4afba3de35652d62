using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>
/// What a context's tables hold that derives from a person's protected values: index columns, and columns that the model
/// says are erased with the subject. Erasing sets them to null. Envelopes stay, as nothing opens them any more.
/// </summary>
/// <typeparam name="TContext">The context.</typeparam>
public sealed class EntityArtefactSource<TContext> : IDerivedArtefactSource
    where TContext : DbContext
{
    private readonly KeyContextSource _contexts;

    /// <summary>Looks into the tables of a context.</summary>
    /// <param name="factory">Makes a context for each call.</param>
    public EntityArtefactSource(IDbContextFactory<TContext> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _contexts = KeyContextSource.For(factory.CreateDbContext);
    }

    internal EntityArtefactSource(KeyContextSource contexts) => _contexts = contexts;

    /// <summary>The context's name.</summary>
    public string Name => typeof(TContext).Name;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<DerivedArtefact>> FindAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        var lease = _contexts.Open();
        await using var disposal = lease.ConfigureAwait(false);
        return await new EntityArtefacts(lease.Context, [.. EntityTable.All(lease.Context)]).FindAsync(tenant, subject, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<long> EraseAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        var lease = _contexts.Open();
        await using var disposal = lease.ConfigureAwait(false);
        return await new EntityArtefacts(lease.Context, [.. EntityTable.All(lease.Context)]).EraseAsync(tenant, subject, cancellationToken).ConfigureAwait(false);
    }
}
