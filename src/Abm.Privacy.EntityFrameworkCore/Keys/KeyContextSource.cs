using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Makes a context for one call: from the application's factory, or else from a scope of its own.</summary>
internal sealed class KeyContextSource(Func<KeyContextSource.Lease> open)
{
    public static KeyContextSource For<TContext>(IServiceProvider services)
        where TContext : DbContext
    {
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        return new KeyContextSource(() =>
        {
            var scope = scopes.CreateAsyncScope();
            try
            {
                return scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is { } factory
                    ? new Lease(factory.CreateDbContext(), owned: true, scope)
                    : new Lease(FromScope<TContext>(scope.ServiceProvider), owned: false, scope);
            }
            catch
            {
                scope.Dispose();
                throw;
            }
        });
    }

    public static KeyContextSource For(Func<DbContext> create) => new(() => new Lease(create(), owned: true, null));

    public Lease Open() => open();

    private static TContext FromScope<TContext>(IServiceProvider services)
        where TContext : DbContext =>
        services.GetService<TContext>() ?? throw new InvalidOperationException(
            $"{typeof(TContext).Name} is not registered. Register it with AddDbContext or AddDbContextFactory, or name another context.");

    /// <summary>A context for as long as a call needs it.</summary>
    public sealed class Lease(DbContext context, bool owned, AsyncServiceScope? scope) : IAsyncDisposable, IDisposable
    {
        public DbContext Context { get; } = context;

        public void Dispose()
        {
            if (owned)
            {
                Context.Dispose();
            }

            scope?.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            if (owned)
            {
                await Context.DisposeAsync().ConfigureAwait(false);
            }

            if (scope is { } ended)
            {
                await ended.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
