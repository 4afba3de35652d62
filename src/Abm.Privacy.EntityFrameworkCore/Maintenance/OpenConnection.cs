using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>Work on a context's connection, which is opened for it if it is closed.</summary>
internal static class OpenConnection
{
    public static async Task<T> RunAsync<T>(DbContext context, Func<DbConnection, Task<T>> work)
    {
        var connection = context.GetService<IRelationalConnection>();
        await connection.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await work(connection.DbConnection).ConfigureAwait(false);
        }
        finally
        {
            await connection.CloseAsync().ConfigureAwait(false);
        }
    }
}
