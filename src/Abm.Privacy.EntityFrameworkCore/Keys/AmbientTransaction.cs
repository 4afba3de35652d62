using System.Transactions;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>The ambient transaction of a caller, which would take our connections in and could roll our work back.</summary>
internal static class AmbientTransaction
{
    /// <summary>Steps out of it until the result is disposed of; null if there is none.</summary>
    public static IDisposable? Leave() => Transaction.Current is null
        ? null
        : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
}
