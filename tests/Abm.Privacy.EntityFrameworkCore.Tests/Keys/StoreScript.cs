using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Keys;

/// <summary>
/// A sequence of calls, read from numbers, run against two stores that must answer alike: the tables in memory say what is right.
/// </summary>
internal sealed class StoreScript(IDataKeyStore expected, IDataKeyStore actual, int[] numbers)
{
    private static readonly TenantId[] Tenants = [new("acme"), new("globex"), new("ACME")];
    private static readonly DataKeyOwner[] Owners =
    [
        .. Enumerable.Range(0, 6).Select(KeyMaker.Subject),
        DataKeyOwner.ForSubject(new SubjectId("Ünïcode 🦊 ' \" %")),
        DataKeyOwner.ForTenant(KeyUsage.Shared),
        DataKeyOwner.ForTenant(KeyUsage.Index),
        DataKeyOwner.ForTenant(KeyUsage.Token),
        DataKeyOwner.ForTenant(KeyUsage.Pseudonym),
    ];

    private readonly KeyId[] _wrappers = [KeyMaker.NewId(), KeyMaker.NewId(), KeyMaker.NewId(), KeyMaker.NewId()];
    private int _next;

    public async Task RunAsync()
    {
        while (_next < numbers.Length)
        {
            await StepAsync();
        }

        foreach (var tenant in Tenants)
        {
            Assert.Equal(KeyMaker.Describe(await expected.FindAsync(tenant, Owners, default)), KeyMaker.Describe(await actual.FindAsync(tenant, Owners, default)));
        }
    }

    private async Task StepAsync()
    {
        var tenant = Tenants[Next(Tenants.Length)];
        switch (Next(14))
        {
            case 0 or 1 or 2:
                var added = Some().Select(owner => KeyMaker.New(owner, _wrappers[Next(_wrappers.Length)]) with { MessagesReserved = Next(3) }).ToList();
                await SameAsync(store => store.AddAsync(tenant, added, default), KeyMaker.Describe);
                break;
            case 3:
                var destroyed = Some();
                await SameAsync(store => store.DestroyAsync(tenant, destroyed, default), count => $"{count}");
                break;
            case 4 or 5 or 6 or 7:
                var changes = await ChangesAsync(tenant);
                await SameAsync(store => store.TryChangeAsync(tenant, changes, default), done => $"{done}");
                break;
            case 8:
                var wrapper = _wrappers[Next(_wrappers.Length)];
                await SameAsync(async store => await store.FindNotWrappedByAsync(tenant, wrapper, 1000, default), KeyMaker.Describe);
                await SameAsync(async store => (await store.FindNotWrappedByAsync(tenant, wrapper, 2, default)).Count, count => $"{count}");
                await SameAsync(store => store.CountNotWrappedByAsync(tenant, wrapper, default), count => $"{count}");
                break;
            case 9 when Next(4) == 0:
                var fenced = _wrappers[Next(_wrappers.Length - 1)];
                await expected.FenceAsync(tenant, fenced, default);
                await actual.FenceAsync(tenant, fenced, default);
                break;
            case 10:
                var reserved = Some().Select(owner => new DataKeyVersion(owner, 1 + Next(2))).ToList();
                await SameAsync(
                    store => store.ReserveMessagesAsync(tenant, reserved, 1L << 20, default),
                    totals => string.Join('\n', totals.Select(total => $"{total.Key.Owner.Usage} {total.Key.Owner.Subject?.Value} {total.Key.Version} {total.Value}").Order(StringComparer.Ordinal)));
                break;
            default:
                var wanted = Some();
                await SameAsync(store => store.FindAsync(tenant, wanted, default), KeyMaker.Describe);
                await SameAsync(store => store.AnyAsync(tenant, default), any => $"{any}");
                break;
        }
    }

    /// <summary>Rewraps, new versions, changes of state and destructions, some of them of something that stands otherwise.</summary>
    private async Task<List<DataKeyChange>> ChangesAsync(TenantId tenant)
    {
        var changes = new List<DataKeyChange>();
        foreach (var stored in await expected.FindAsync(tenant, Some(), default))
        {
            var wrapper = _wrappers[Next(_wrappers.Length)];
            var before = Next(6) == 0 ? stored with { Wrapped = KeyMaker.Wrapped(wrapper) } : stored;
            changes.Add(Next(5) switch
            {
                0 => new DataKeyChange(null, KeyMaker.New(stored.Owner, wrapper, stored.Version + 1 + Next(2))),
                1 => new DataKeyChange(before, stored with { State = (KeyState)(1 + Next(4)) }),
                2 => new DataKeyChange(before, stored.ToTombstone()),
                3 => new DataKeyChange(before, KeyMaker.New(stored.Owner, wrapper, stored.Version)),
                _ => new DataKeyChange(before, stored with { Wrapped = KeyMaker.Wrapped(wrapper), MessagesReserved = Next(2) }),
            });
        }

        return changes.DistinctBy(change => (change.After.Owner, change.After.Version)).ToList();
    }

    private async Task SameAsync<T>(Func<IDataKeyStore, ValueTask<T>> call, Func<T, string> describe) =>
        Assert.Equal(await AnswerAsync(expected, call, describe), await AnswerAsync(actual, call, describe));

    private static async Task<string> AnswerAsync<T>(IDataKeyStore store, Func<IDataKeyStore, ValueTask<T>> call, Func<T, string> describe)
    {
        try
        {
            return describe(await call(store));
        }
        catch (PrivacyException error)
        {
            return error.Code.ToString();
        }
    }

    private List<DataKeyOwner> Some() => Owners.Where(_ => Next(4) == 0).ToList();

    private int Next(int below) => _next < numbers.Length ? numbers[_next++] % below : 0;
}
