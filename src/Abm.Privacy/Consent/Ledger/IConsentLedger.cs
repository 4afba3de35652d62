using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// The append-only record of what people agreed to and demanded, and the facts that follow from it. One stream of events for each contact point
/// and each account; beside it a row of facts for each contact point and declared purpose, always equal to what <see cref="FactsProjector"/> computes from
/// the events.
/// </summary>
/// <remarks>
/// A store keeps to this: it locks the stream, reads it whole, gives the new events to <see cref="LedgerIntake.Accept"/>, stores what is accepted, computes
/// the rows of every declared purpose anew, and commits all of it together, so that no reader sees an event without its effect. What a send gate locks is the
/// same row. The address and program of an evidence are stored encrypted under the key of the person. Each contact point keeps the
/// suppression hashes of its identifier and its domain, so that an imported entry finds it; what events change in the list says <see cref="SuppressionChanges"/>.
/// </remarks>
public interface IConsentLedger
{
    /// <summary>
    /// Registers a contact point: makes its id, its first events (account, what the suppression list says of the identifier or its domain) and its
    /// rows. The same identifier of the same person on the same channel is registered once, and the first registration stays.
    /// </summary>
    /// <typeparam name="TIdentifier">The identifier's type.</typeparam>
    /// <param name="registration">Whose it is and what it is.</param>
    /// <param name="identifier">The address or number. Only keyed hashes of it are stored.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The contact point.</returns>
    /// <exception cref="PrivacyException">The ledger or a key store is unavailable, or the suppression key is incomplete.</exception>
    ValueTask<ContactPoint> RegisterAsync<TIdentifier>(
        ContactPointRegistration registration, TIdentifier identifier, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier;

    /// <summary>Finds contact points by their identifier; several if several persons share it.</summary>
    /// <typeparam name="TIdentifier">The identifier's type.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="identifier">The address or number.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The contact points, ordered by id; none if nobody was registered with it or was forgotten since.</returns>
    /// <exception cref="PrivacyException">The ledger or a key store is unavailable.</exception>
    ValueTask<IReadOnlyList<ContactPoint>> FindAsync<TIdentifier>(TenantId tenant, TIdentifier identifier, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier;

    /// <summary>Appends events to the stream of a contact point, all or none, and computes its rows anew.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="events">The events.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What became of each event, in the order given.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.ContactPointUnknown"/>: it was never registered. <see cref="PrivacyErrorCode.SubjectErased"/>: its person was erased, so that what is
    /// recorded there would reach nobody. Or what <see cref="LedgerIntake.Accept"/> refuses; or the ledger is unavailable.
    /// </exception>
    ValueTask<IReadOnlyList<AppendResult>> AppendAsync(
        TenantId tenant, ContactPointId contactPoint, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends events to the stream of an account, all or none, and computes the rows of its contact points and of those of every account below it
    /// anew. An account needs no registration.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="account">The account.</param>
    /// <param name="events">The events.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What became of each event, in the order given.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.AccountCycle"/>: an account would be above itself, or too many would stand in one line; what <see cref="LedgerIntake.Accept"/> refuses; or the ledger
    /// is unavailable.
    /// </exception>
    ValueTask<IReadOnlyList<AppendResult>> AppendAsync(
        TenantId tenant, AccountId account, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Everything that is recorded of a contact point, with the streams of its accounts.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The history; null if the contact point was never registered. <see cref="FactsProjector.Project"/> computes the facts of any moment from it.
    /// </returns>
    /// <exception cref="PrivacyException">The ledger is unavailable, or an event cannot be read.</exception>
    ValueTask<LedgerHistory?> FindHistoryAsync(TenantId tenant, ContactPointId contactPoint, CancellationToken cancellationToken = default);

    /// <summary>The row of facts as it is stored, without counts of sent messages.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="purpose">A declared purpose.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The facts; null if there is no row, because the contact point was never registered or the purpose was declared later and <see cref="RebuildFactsAsync"/> did not run
    /// since. Nothing may be sent on null.
    /// </returns>
    /// <exception cref="PrivacyException">The ledger is unavailable.</exception>
    ValueTask<ConsentFacts?> FindFactsAsync(TenantId tenant, ContactPointId contactPoint, Purpose purpose, CancellationToken cancellationToken = default);

    /// <summary>
    /// Computes rows anew: after a purpose was declared, a version of this library reads events in another way, or regularly so that suppressions end in time.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="onlyStale">Whether only those rows are computed in which a suppression has ended since. Default: every row.</param>
    /// <param name="cancellationToken">Cancels the operation; what is done stays done.</param>
    /// <returns>How many contact points were computed.</returns>
    /// <exception cref="PrivacyException">The ledger is unavailable, or an event cannot be read.</exception>
    ValueTask<long> RebuildFactsAsync(TenantId tenant, bool onlyStale = false, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds entries to the suppression list and puts each into the streams of the contact points that it names. Harmless when repeated: of
    /// two entries about the same the longer counts, and what was lifted here stays lifted (<see cref="SuppressionEntry.Merge"/>).
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="entries">The entries, for example of <see cref="SuppressionFile.ReadAsync"/>; hashes of older key versions are carried over.</param>
    /// <param name="cancellationToken">Cancels the operation; what is done stays done.</param>
    /// <returns>How many entries were new or changed.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.SuppressionListInvalid"/>: an entry is not of this tenant's keys, does not say of which it is, or lies in the future; or the ledger is unavailable.</exception>
    ValueTask<long> ImportSuppressionsAsync(TenantId tenant, IAsyncEnumerable<SuppressionEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes an entry of the suppression list back by a decision of the application's owner: an address or a whole domain that was imported by mistake, or is no
    /// rival's any more. Whom the entry names is freed of it.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="entry">The entry, for example of <see cref="ExportSuppressionsAsync"/>; its hash, kind and scope are looked at.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// Whether it was lifted. False if there is none, if it was lifted before, or if a contact point at the address demands the same: that demand is taken back there.
    /// </returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.SuppressionListInvalid"/>: the hash is not of this tenant's keys; or the ledger is unavailable.</exception>
    ValueTask<bool> LiftSuppressionAsync(TenantId tenant, SuppressionEntry entry, CancellationToken cancellationToken = default);

    /// <summary>The suppression list, ended entries included, in a fixed order.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The entries, one at a time.</returns>
    /// <exception cref="PrivacyException">The ledger is unavailable.</exception>
    IAsyncEnumerable<SuppressionEntry> ExportSuppressionsAsync(TenantId tenant, CancellationToken cancellationToken = default);
}
