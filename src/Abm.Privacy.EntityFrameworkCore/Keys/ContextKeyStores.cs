using System.Data.Common;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>The package's own stores on contexts' connections.</summary>
internal sealed class ContextKeyStores : IContextKeyStores
{
    public IDataKeyStore CreateFor(DbContext context, DbTransaction? transaction, bool holds) => SqlDataKeyStore.For(context, transaction, holds);
}
