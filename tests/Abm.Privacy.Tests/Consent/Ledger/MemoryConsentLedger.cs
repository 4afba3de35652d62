using System.Runtime.CompilerServices;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>The ledger's contract at its plainest: everything in memory, one call at a time.</summary>
internal sealed class MemoryConsentLedger(PurposeCatalog purposes, SuppressionHasher hasher, TimeProvider time) : IConsentLedger
{
    private readonly LedgerIntake _intake = new(purposes, time);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<(TenantId, ContactPointId), Point> _points = [];
    private readonly Dictionary<(TenantId, AccountId), List<LedgerEvent>> _accounts = [];
    private readonly List<(TenantId Tenant, SuppressionEntry Entry)> _list = [];

    public async ValueTask<ContactPoint> RegisterAsync<TIdentifier>(ContactPointRegistration registration, TIdentifier identifier, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier
    {
        var hash = await hasher.HashAsync(registration.Tenant, identifier, cancellationToken);
        var domain = identifier is EmailAddress email ? await hasher.HashAsync(registration.Tenant, email.Domain, cancellationToken) : null;
        return await InTurnAsync(() =>
        {
            if (Named(registration.Tenant, hash).FirstOrDefault(known => known.Contact.Subject == registration.Subject && known.Contact.Channel == registration.Channel) is { } first)
            {
                return first.Contact;
            }

            var contact = new ContactPoint(registration.Tenant, ContactPointId.NewId(), registration.Subject, registration.Channel, registration.SubjectKind, _intake.Now);
            var point = new Point(contact, hash, domain);
            _points.Add((contact.Tenant, contact.Id), point);
            if (registration.Account is { } account)
            {
                Accept(point, [new ContactAccountEvent { Account = account, OccurredAt = contact.RegisteredAt, Origin = "abm.registration" }]);
            }

            Accept(point, [.. _list.Where(item => item.Tenant == contact.Tenant && (item.Entry.Hash.Equals(hash) || item.Entry.Hash.Equals(domain))).SelectMany(item => item.Entry.ToEvents())]);
            Fold(point);
            return contact;
        });
    }

    public async ValueTask<IReadOnlyList<ContactPoint>> FindAsync<TIdentifier>(TenantId tenant, TIdentifier identifier, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier
    {
        var hash = await hasher.HashAsync(tenant, identifier, cancellationToken);
        return await InTurnAsync(() => Named(tenant, hash).Select(point => point.Contact).OrderBy(contact => contact.Id).ToList());
    }

    public async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(TenantId tenant, ContactPointId contactPoint, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken = default) =>
        await InTurnAsync(() =>
        {
            LedgerIntake.ThrowIfReserved(events);
            var point = _points.GetValueOrDefault((tenant, contactPoint)) ?? throw new PrivacyException(PrivacyErrorCode.ContactPointUnknown, "unknown");
            var results = Accept(point, events, out var accepted);
            var known = _list.Where(item => item.Tenant == tenant && item.Entry.Hash.Equals(point.Hash)).Select(item => item.Entry).ToList();
            foreach (var entry in SuppressionChanges.Find(known, point.Hash, accepted, [.. Named(tenant, point.Hash).Select(other => other.Stream)]))
            {
                Store(tenant, entry, point);
            }

            Fold(point);
            return results;
        });

    public async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(TenantId tenant, AccountId account, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken = default) =>
        await InTurnAsync(() =>
        {
            var before = Stream(tenant, account);
            List<LedgerEvent> stream = [.. before];
            var results = _intake.Accept(stream, events, isAccount: true, out _);
            _accounts[(tenant, account)] = stream;
            if (_accounts.Keys.Where(key => key.Item1 == tenant).ToList().Exists(key => IsCircle(tenant, key.Item2))) // upwards from everybody, those below among them
            {
                _accounts[(tenant, account)] = before;
                throw new PrivacyException(PrivacyErrorCode.AccountCycle, "circle");
            }

            foreach (var point in _points.Values.Where(point => point.Contact.Tenant == tenant))
            {
                Fold(point);
            }

            return results;
        });

    public async ValueTask<LedgerHistory?> FindHistoryAsync(TenantId tenant, ContactPointId contactPoint, CancellationToken cancellationToken = default) =>
        await InTurnAsync(() => _points.GetValueOrDefault((tenant, contactPoint)) is { } point ? History(point) : null);

    public async ValueTask<ConsentFacts?> FindFactsAsync(TenantId tenant, ContactPointId contactPoint, Purpose purpose, CancellationToken cancellationToken = default) =>
        await InTurnAsync(() => _points.GetValueOrDefault((tenant, contactPoint))?.Rows.GetValueOrDefault(purpose)?.Facts);

    public async ValueTask<long> RebuildFactsAsync(TenantId tenant, bool onlyStale = false, CancellationToken cancellationToken = default) =>
        await InTurnAsync(() =>
        {
            var points = _points.Values.Where(point => point.Contact.Tenant == tenant && (!onlyStale || point.Rows.Values.Any(row => row.StaleAfter <= _intake.Now))).ToList();
            points.ForEach(Fold);
            return (long)points.Count;
        });

    public async ValueTask<long> ImportSuppressionsAsync(TenantId tenant, IAsyncEnumerable<SuppressionEntry> entries, CancellationToken cancellationToken = default)
    {
        var changed = 0L;
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (entry.Import(_intake.Now) is { } imported)
            {
                var current = imported with { Hash = await hasher.RekeyAsync(tenant, entry.Hash, cancellationToken) };
                changed += await InTurnAsync(() => Add(tenant, current) ? 1 : 0);
            }
        }

        return changed;
    }

    public async ValueTask<bool> LiftSuppressionAsync(TenantId tenant, SuppressionEntry entry, CancellationToken cancellationToken = default)
    {
        var hash = await hasher.RekeyAsync(tenant, entry.Hash, cancellationToken);
        return await InTurnAsync(() =>
        {
            var known = _list.Find(item => item.Tenant == tenant && item.Entry.Hash.Equals(hash) && item.Entry.Kind == entry.Kind && item.Entry.Scope == entry.Scope).Entry;
            if (known is null || SuppressionChanges.Lift(known, _intake.Now, [.. Named(tenant, hash).Select(point => point.Stream)]) is not var (lifted, item))
            {
                return false;
            }

            Store(tenant, lifted, null);
            foreach (var point in Named(tenant, hash))
            {
                Accept(point, [item]);
                Fold(point);
            }

            return true;
        });
    }

    public async IAsyncEnumerable<SuppressionEntry> ExportSuppressionsAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var entry in await InTurnAsync(() => _list.Where(item => item.Tenant == tenant).Select(item => item.Entry)
            .OrderBy(entry => Convert.ToHexString(entry.Hash.Value)).ThenBy(entry => entry.Kind).ThenBy(entry => entry.Scope.Text, StringComparer.Ordinal).ToList()))
        {
            yield return entry;
        }
    }

    private bool Add(TenantId tenant, SuppressionEntry entry)
    {
        var known = _list.Find(item => item.Tenant == tenant && item.Entry.Hash.Equals(entry.Hash) && item.Entry.Kind == entry.Kind && item.Entry.Scope == entry.Scope).Entry;
        var merged = known?.Merge(entry) ?? entry;
        if (ReferenceEquals(merged, known))
        {
            return false;
        }

        Store(tenant, merged, null);
        return true;
    }

    private void Store(TenantId tenant, SuppressionEntry entry, Point? reporter)
    {
        _list.RemoveAll(item => item.Tenant == tenant && item.Entry.Hash.Equals(entry.Hash) && item.Entry.Kind == entry.Kind && item.Entry.Scope == entry.Scope);
        _list.Add((tenant, entry));
        foreach (var point in Named(tenant, entry.Hash).Where(point => point != reporter))
        {
            Accept(point, entry.ToEvents());
            Fold(point);
        }
    }

    private bool IsCircle(TenantId tenant, AccountId account)
    {
        var seen = new HashSet<AccountId>();
        for (AccountId? next = account; next is { } current; next = FactsProjector.ProjectAccount(Stream(tenant, current)).Parent)
        {
            if (!seen.Add(current) || seen.Count > LedgerIntake.MaxAccountLevels)
            {
                return true;
            }
        }

        return false;
    }

    private void Fold(Point point)
    {
        var history = History(point);
        foreach (var definition in purposes.Definitions)
        {
            point.Rows[definition.Purpose] = FactsProjector.Project(history, definition.Purpose, FactsMoment.Current(_intake.Now));
        }
    }

    private LedgerHistory History(Point point)
    {
        var accounts = new Dictionary<AccountId, IReadOnlyList<LedgerEvent>>();
        var waiting = new Queue<AccountId>(LedgerHistory.AccountsNamedBy(point.Stream));
        while (waiting.TryDequeue(out var account))
        {
            if (accounts.TryAdd(account, Stream(point.Contact.Tenant, account)))
            {
                LedgerHistory.AccountsNamedBy(accounts[account]).ToList().ForEach(waiting.Enqueue);
            }
        }

        return new LedgerHistory(point.Contact, [.. point.Stream], accounts);
    }

    private List<LedgerEvent> Stream(TenantId tenant, AccountId account) => _accounts.GetValueOrDefault((tenant, account)) ?? [];

    private IEnumerable<Point> Named(TenantId tenant, SuppressionHash hash) =>
        _points.Values.Where(point => point.Contact.Tenant == tenant && (point.Hash.Equals(hash) || hash.Equals(point.Domain)));

    private void Accept(Point point, IReadOnlyList<LedgerEvent> events) => Accept(point, events, out _);

    private IReadOnlyList<AppendResult> Accept(Point point, IReadOnlyList<LedgerEvent> events, out IReadOnlyList<LedgerEvent> accepted)
    {
        List<LedgerEvent> stream = [.. point.Stream];
        var results = _intake.Accept(stream, events, isAccount: false, out accepted);
        point.Stream = stream;
        return results;
    }

    private async ValueTask<T> InTurnAsync<T>(Func<T> work)
    {
        await _turn.WaitAsync();
        try
        {
            return work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record Point(ContactPoint Contact, SuppressionHash Hash, SuppressionHash? Domain)
    {
        public List<LedgerEvent> Stream { get; set; } = [];

        public Dictionary<Purpose, ProjectedFacts> Rows { get; } = [];
    }
}
