using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps keys in databases, for any number of subjects and processes.</summary>
public static class DatabaseKeyRingBuilderExtensions
{
    /// <summary>
    /// Keeps data keys in the application's own database, in the tables of <c>modelBuilder.UseAbmPrivacy()</c>. Calls of the
    /// key ring use a context and a transaction of their own.
    /// </summary>
    /// <typeparam name="TContext">The application's context, registered with AddDbContext or AddDbContextFactory.</typeparam>
    /// <param name="keys">The key ring.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">A key ring of another name keeps its keys there already.</exception>
    public static KeyRingBuilder UseDatabase<TContext>(this KeyRingBuilder keys)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(keys);
        KeyDatabaseRegistry.Of(keys.Services).AddDataKeys(keys.Name, typeof(TContext), KeyContextSource.For<TContext>);
        keys.AddValidator();
        return keys.UseDataKeyStore(provider => new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For<TContext>(provider))));
    }

    /// <summary>
    /// Keeps tenant keys in a database of their own (<see cref="TenantKeyContext"/>), which is refused at start if it is
    /// the one of the data keys. Its table is made with the registered <c>IDbContextFactory&lt;TenantKeyContext&gt;</c>.
    /// </summary>
    /// <param name="keys">The key ring.</param>
    /// <param name="database">Names the database: <c>options.UseNpgsql(...)</c> or <c>options.UseSqlite(...)</c>.</param>
    /// <param name="acceptDataKeysBeside">
    /// Whether one database may hold both, so that a forgotten person stays readable in every backup of it. The default is false.
    /// </param>
    /// <returns>The same builder.</returns>
    public static KeyRingBuilder UseTenantKeyDatabase(this KeyRingBuilder keys, Action<DbContextOptionsBuilder> database, bool acceptDataKeysBeside = false)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(database);
        var options = new DbContextOptionsBuilder<TenantKeyContext>();
        database(options);
        var factory = new TenantKeyContextFactory(options.Options);
        KeyDatabaseRegistry.Of(keys.Services).AddTenantKeys(keys.Name, factory, acceptDataKeysBeside);
        if (keys.Name.Length == 0)
        {
            keys.Services.TryAddSingleton<IDbContextFactory<TenantKeyContext>>(factory);
        }
        else
        {
            keys.Services.TryAddKeyedSingleton<IDbContextFactory<TenantKeyContext>>(keys.Name, factory);
        }

        keys.AddValidator();
        return keys.UseTenantKeyStore(_ => new SqlTenantKeyStore(factory.CreateDbContext, acceptDataKeysBeside));
    }

    private static void AddValidator(this KeyRingBuilder keys) =>
        keys.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KeyRingOptions>, KeyDatabaseValidator>());
}
