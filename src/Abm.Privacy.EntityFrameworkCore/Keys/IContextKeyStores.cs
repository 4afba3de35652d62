using System.Data.Common;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// Makes the store of data keys that works on a context's own connection, so that keys are written in the transaction of the
/// data that they protect.
/// </summary>
internal interface IContextKeyStores
{
    /// <summary>Makes a store for a short time of one context.</summary>
    /// <param name="context">The context whose connection the store works on. It opens the connection if it is closed, and closes it again.</param>
    /// <param name="transaction">
    /// The transaction that every command takes part in; null for none, or an ambient one. Never
    /// <c>Database.CurrentTransaction</c>, which is not set yet while a transaction starts.
    /// </param>
    /// <param name="holds">Whether the keys of subjects that the store finds are not destroyed before the transaction ends.</param>
    /// <returns>A store that never caches.</returns>
    IDataKeyStore CreateFor(DbContext context, DbTransaction? transaction, bool holds);
}
