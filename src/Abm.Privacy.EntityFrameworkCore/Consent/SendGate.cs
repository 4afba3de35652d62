using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using IsolationLevel = System.Data.IsolationLevel;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// The last question before a message leaves: under the lock that every withdrawal takes, it decides again, sets the message aside below the caps,
/// lets the application write its outbox row, and commits it all. After a withdrawal has returned, nothing passes the gate.
/// </summary>
/// <remarks>
/// A message that was selected hours ago may no longer be sent, and neither a condition in the insert nor a serializable transaction
/// keeps a message from leaving after a withdrawal was committed; a lock that is held over the hand-over does. What the application does inside must be
/// short: a row in its outbox, not a call to a mail server. The account is locked before the contact point, as by everybody.
/// </remarks>
/// <typeparam name="TContext">The application's context, with the tables of <c>modelBuilder.UseAbmConsent()</c>.</typeparam>
public sealed class SendGate<TContext>
    where TContext : DbContext
{
    private const int MaxMoves = 5;

    private readonly KeyContextSource _contexts;
    private readonly EfConsentLedger<TContext> _ledger;
    private readonly CompiledConsentEvaluator _evaluator;
    private readonly PurposeCatalog _purposes;
    private readonly TimeProvider _time;
    private readonly TimeSpan _window;

    /// <summary>Creates a gate.</summary>
    /// <param name="factory">Makes a context for each message.</param>
    /// <param name="ledger">The ledger in the same database.</param>
    /// <param name="evaluator">Decides.</param>
    /// <param name="purposes">The declared purposes.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <param name="sendWindow">How far back messages count against a cap. Null, the default: 7 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is not positive.</exception>
    public SendGate(
        IDbContextFactory<TContext> factory,
        EfConsentLedger<TContext> ledger,
        CompiledConsentEvaluator evaluator,
        PurposeCatalog purposes,
        TimeProvider? time = null,
        TimeSpan? sendWindow = null)
        : this(SourceOf(factory), ledger, evaluator, purposes, time ?? TimeProvider.System, sendWindow ?? SendWindow.Default)
    {
    }

    internal SendGate(
        KeyContextSource contexts, EfConsentLedger<TContext> ledger, CompiledConsentEvaluator evaluator, PurposeCatalog purposes, TimeProvider time, TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentNullException.ThrowIfNull(purposes);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        (_contexts, _ledger, _evaluator, _purposes, _time, _window) = (contexts, ledger, evaluator, purposes, time, window);
    }

    /// <summary>Decides about a message and hands it over.</summary>
    /// <param name="request">The message.</param>
    /// <param name="handOver">
    /// Called once the message may leave, inside the transaction: writes the outbox row with the context and saves it. Throwing keeps the message back. Where the
    /// context retries on failure it may be called again. It may read the ledger and not write it, nor hand another message over: locks would be taken the wrong way round.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation; nothing is handed over then.</param>
    /// <returns>What became of the message.</returns>
    /// <exception cref="ArgumentException">The question states a moment of its own.</exception>
    /// <exception cref="InvalidOperationException">It is called from inside a hand-over.</exception>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.ContactPointUnknown"/>: the contact point was never registered. <see cref="PrivacyErrorCode.SendIdConflict"/>: another
    /// message went to it under the same <see cref="SendRequest.SendId"/>, for another purpose, channel or campaign. <see cref="PrivacyErrorCode.LedgerUnavailable"/>: the database
    /// could not do it; trying the same message again, with the same <see cref="SendRequest.SendId"/>, is safe.
    /// </exception>
    public async Task<SendResult> HandOverAsync(
        SendRequest request, Func<TContext, ConsentDecision, CancellationToken, Task> handOver, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(handOver);
        if (request.Question.At is not null)
        {
            throw new ArgumentException("The question states a moment. A message is decided about at the moment of its hand-over; leave At out.", nameof(request));
        }

        HandOvers.ThrowIfInside();
        using var apart = AmbientTransaction.Leave();
        var lease = _contexts.Open();
        await using var disposal = lease.ConfigureAwait(false);
        var context = (TContext)lease.Context;
        Exception? ofApplication = null;
        try
        {
            // a strategy that does not retry would still put errors of the application into others
            var strategy = context.Database.CreateExecutionStrategy();
            return strategy.RetriesOnFailure
                ? await strategy.ExecuteAsync(ct => TryAsync(context, request, Watched, ct), cancellationToken).ConfigureAwait(false)
                : await TryAsync(context, request, Watched, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (KeyStoreErrors.AreDatabases(error) && error != ofApplication)
        {
            throw new PrivacyException(
                PrivacyErrorCode.LedgerUnavailable,
                "The database could not hand the message over: it is unreachable, locked, full or without the tables of UseAbmConsent(). Try the same message again with the same SendId: if the connection broke while it was committed, it may have been handed over, and is then not handed over twice. The inner exception says more.",
                error);
        }

        // what the application's own work throws, it gets back as it was
        async Task Watched(TContext opened, ConsentDecision decision, CancellationToken ct)
        {
            try
            {
                await handOver(opened, decision, ct).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                ofApplication = error;
                throw;
            }
        }
    }

    private static KeyContextSource SourceOf(IDbContextFactory<TContext> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return KeyContextSource.For(factory.CreateDbContext);
    }

    private async Task<SendResult> TryAsync(
        TContext context, SendRequest request, Func<TContext, ConsentDecision, CancellationToken, Task> handOver, CancellationToken cancellationToken)
    {
        for (var move = 0; ; move++)
        {
            context.ChangeTracker.Clear();
            var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            await using var disposal = transaction.ConfigureAwait(false);
            var session = new LedgerSession(context.GetService<IRelationalConnection>(), transaction.GetDbTransaction(), LedgerTables.Of(context));
            var lane = new SendLane(session, request);
            if (!await lane.LockAsync(cancellationToken).ConfigureAwait(false))
            {
                // the contact point has just moved to another account, whose lock comes first: begin again
                if (move == MaxMoves)
                {
                    throw new PrivacyException(PrivacyErrorCode.LedgerUnavailable, "The contact point keeps changing its account. Nothing was handed over; try the same message again.");
                }

                continue;
            }

            if (await lane.IsReservedAsync(cancellationToken).ConfigureAwait(false))
            {
                return new SendResult(SendStatus.HandedOverBefore, null);
            }

            // the service asks the clock under the lock, so that no withdrawal lies between its now and the decision
            var counter = new SessionSendCounter(session, _window);
            var service = new ConsentService(_ledger.For(context), _purposes, _evaluator, _time, counter);
            var decision = (await service.EvaluateAsync(request.Tenant, [request.ContactPoint], request.Question, request.Campaign, cancellationToken).ConfigureAwait(false)).Decisions[0];
            if (!decision.IsPermitted)
            {
                return new SendResult(SendStatus.Refused, decision);
            }

            if (await lane.IsAtCapAsync(counter.Last, cancellationToken).ConfigureAwait(false))
            {
                return new SendResult(SendStatus.CapReached, decision);
            }

            await lane.ReserveAsync(decision.AsOf, cancellationToken).ConfigureAwait(false);
            await HandOvers.RunAsync(() => handOver(context, decision, cancellationToken)).ConfigureAwait(false);

            // not cancelled half-way: nobody would know whether the message left
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return new SendResult(SendStatus.HandedOver, decision);
        }
    }
}
