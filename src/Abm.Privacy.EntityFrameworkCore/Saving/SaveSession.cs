using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>One context's save: what it encrypted, and the first keys that must be stored before its first command.</summary>
internal sealed class SaveSession
{
    private List<TenantChanges> _work = [];
    private AutoTransactionBehavior? _restored;
    private bool _openedConnection;

    /// <summary>Whether rows could be written whose keys are not stored.</summary>
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

            var store = extension.CreateKeyStore(context, transaction);
            foreach (var tenant in work)
            {
                await tenant.SealAsync(
                    extension.Keys, extension.Encryptor, store, keepBack: transaction is null && !_openedConnection, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var change in changes)
        {
            change.Apply();
        }

        _work = work;
        if (work.Exists(tenant => tenant.KeptBack.Count > 0))
        {
            HasUnflushedKeys = true;
            _restored = context.Database.AutoTransactionBehavior;
            context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        }
    }

    /// <summary>Stores the first keys in a transaction that has just started; again each time that a save is tried again.</summary>
    public async ValueTask FlushAsync(DbContext context, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (_restored is null)
        {
            return;
        }

        HasUnflushedKeys = true;
        var extension = PrivacyOptionsExtension.Of(context);
        var store = extension.CreateKeyStore(context, transaction);
        foreach (var tenant in _work)
        {
            await tenant.FlushAsync(extension.Keys, extension.Encryptor, store, cancellationToken).ConfigureAwait(false);
        }

        HasUnflushedKeys = false;
    }

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
