using System.Data.Common;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

/// <summary>A provider's empty database for one test; the contracts of this project run over each.</summary>
public abstract class DatabaseFixture : IAsyncDisposable
{
    /// <summary>Whether the provider takes part in a TransactionScope.</summary>
    public abstract bool SupportsTransactionScope { get; }

    /// <summary>The table of data keys, one row for each key version.</summary>
    public virtual string KeyTable => "test_key";

    /// <summary>Whether the database can be used on this machine; else why not.</summary>
    public virtual string? SkipReason => null;

    public abstract void Use(DbContextOptionsBuilder options);

    public abstract DbConnection CreateConnection();

    public abstract ValueTask DisposeAsync();

    /// <summary>The ring's store of data keys, on connections of its own.</summary>
    internal virtual IDataKeyStore CreateKeyStore() => new ConnectionPerCallStore(CreateConnection);

    /// <summary>The stores on a context's connection.</summary>
    internal virtual IContextKeyStores CreateContextKeyStores() => new ContextKeyStoresDouble();

    /// <summary>Makes the key tables; the package's own come with the model.</summary>
    public virtual async Task CreateKeyTablesAsync()
    {
        await using var connection = CreateConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = SqlKeyStoreDouble.CreateTable;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class ContextKeyStoresDouble : IContextKeyStores
    {
        public IDataKeyStore CreateFor(DbContext context, DbTransaction? transaction) =>
            new SqlKeyStoreDouble(context.Database.GetDbConnection(), transaction);
    }
}
