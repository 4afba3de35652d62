using System.Data.Common;
using System.Transactions;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>One context's save: what it encrypted, and the keys that must be stored or held before its first command.</summary>
internal sealed class SaveSession
{
    private List<TenantChanges> _work = [];
    private AutoTransactionBehavior? _restored;
    private bool _openedConnection;

    /// <summary>Whether rows could be written whose keys are not stored, or destroyed already.</summary>
    public bool HasUnflushedKeys { get; private set; }

    /// <summary>Encrypts the changes and puts the sealed copies into the entities: all or none.</summary>
    public async ValueTask SealAsync(DbContext context, IReadOnlyList<ProtectedChange> changes, CancellationToken cancellationToken)
    {
        var extension = PrivacyOptionsExtension.Of(context);
        var work = TenantChanges.Of(changes.Where(change => change.Value is not null));
        if (work.Count > 0)
        {
            var transaction = context.Database.CurrentTransaction?.GetDbTransaction();
            if (transaction is null && (Transaction.Current is not null || context.Database.GetEnlistedTransaction() is not null))
            {
                // no transaction will be started that keys could be stored in; an open connection takes part in this one
                await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                _openedConnection = true;
            }

            var isOpen = transaction is not null || _openedConnection;
            var store = extension.CreateKeyStore(context, transaction, holds: isOpen);
            foreach (var tenant in work)
            {
                await tenant.SealAsync(
                    extension.Keys, extension.Encryptor, store, isOpen, reserveBeside: !isOpen || CanWriteBeside(context), cancellationToken).ConfigureAwait(false);
            }

            HasUnflushedKeys = !isOpen;
        }

        foreach (var change in changes)
        {
            change.Apply();
        }

        _work = work;
        if (HasUnflushedKeys)
        {
            _restored = context.Database.AutoTransactionBehavior;
            context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        }
    }

    /// <summary>Stores and holds keys in a transaction that has just started; again each time that a save is tried again.</summary>
    public async ValueTask FlushAsync(DbContext context, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (_restored is null)
        {
            return;
        }

        HasUnflushedKeys = true;
        var extension = PrivacyOptionsExtension.Of(context);
        var store = extension.CreateKeyStore(context, transaction, holds: true);
        foreach (var tenant in _work)
        {
            await tenant.FlushAsync(extension.Keys, extension.Encryptor, store, CanWriteBeside(context), cancellationToken).ConfigureAwait(false);
        }

        HasUnflushedKeys = false;
    }

    private static bool CanWriteBeside(DbContext context) => KeyTables.Of(context).Dialect.WritesBeside;

    /// <summary>Ends the save, however it went.</summary>
    public void End(DbContext context)
    {
        _work = [];
        HasUnflushedKeys = false;
        if (_restored is { } restored)
        {
            context.Database.AutoTransactionBehavior = restored;
            _restored = null;
        }

        if (_openedConnection)
        {
            _openedConnection = false;
            context.Database.CloseConnection();
        }
    }
}
