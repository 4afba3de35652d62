using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>Everything that the facts of one contact point rest on.</summary>
public sealed class LedgerHistory
{
    /// <summary>Creates a history.</summary>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="events">Every event of its stream; the order makes no difference.</param>
    /// <param name="accounts">
    /// Every event of each account that the contact point ever belonged to, and of each account that was ever above one of those.
    /// </param>
    public LedgerHistory(
        ContactPoint contactPoint, IReadOnlyList<LedgerEvent> events, IReadOnlyDictionary<AccountId, IReadOnlyList<LedgerEvent>>? accounts = null)
    {
        ArgumentNullException.ThrowIfNull(contactPoint);
        ArgumentNullException.ThrowIfNull(events);
        (ContactPoint, Events, Accounts) = (contactPoint, events, accounts ?? new Dictionary<AccountId, IReadOnlyList<LedgerEvent>>());
    }

    /// <summary>The contact point.</summary>
    public ContactPoint ContactPoint { get; }

    /// <summary>The events of its stream.</summary>
    public IReadOnlyList<LedgerEvent> Events { get; }

    /// <summary>The events of the accounts.</summary>
    public IReadOnlyDictionary<AccountId, IReadOnlyList<LedgerEvent>> Accounts { get; }

    /// <summary>Every event, of the contact point and of the accounts.</summary>
    internal IEnumerable<LedgerEvent> AllEvents => Accounts.Values.Append(Events).SelectMany(stream => stream);

    /// <summary>Now, or a little later where a clock that is ahead recorded something: everything that was read counts.</summary>
    internal DateTimeOffset KnownAt(DateTimeOffset now) => AllEvents.Select(item => item.RecordedAt).Append(now).Max();

    /// <summary>The accounts that events name, whose streams belong to a history too.</summary>
    /// <param name="events">Events of a contact point or an account.</param>
    /// <returns>The accounts.</returns>
    public static IEnumerable<AccountId> AccountsNamedBy(IEnumerable<LedgerEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Select(item => item switch
        {
            ContactAccountEvent contact => contact.Account,
            AccountParentEvent parent => parent.Parent,
            _ => null,
        }).OfType<AccountId>().Distinct();
    }
}
