using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// The contexts in which a message stands at the gate. Who holds its locks, account and contact point, and then asked for the locks of an append, which come
/// before those, would wait for somebody who waits for it.
/// </summary>
internal static class HandOvers
{
    private static readonly ConditionalWeakTable<DbContext, object> Contexts = [];

    public static void Begin(DbContext context) => Contexts.AddOrUpdate(context, Contexts);

    public static void End(DbContext context) => Contexts.Remove(context);

    /// <exception cref="InvalidOperationException">A message stands at the gate in the context.</exception>
    public static void ThrowIfAny(DbContext context)
    {
        if (Contexts.TryGetValue(context, out _))
        {
            throw new InvalidOperationException("The ledger cannot be written while a message is handed over: the gate holds the locks of the contact point. Write the outbox row, and append what the message means for the ledger after HandOverAsync has returned.");
        }
    }
}
