using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

public abstract partial class ConsentLedgerContract
{
    private static readonly AccountId Group = new("acme-group");

    [Fact]
    public async Task What_suppresses_a_parent_suppresses_everybody_below_it_until_it_is_lifted()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger, account: Acme);
        var free = await RegisterAsync(ledger, EmailAddress.Parse("free@example.org"), TestKeys.Omar);
        await ledger.AppendAsync(Tenant, Acme, new AccountParentEvent { Parent = Group, OccurredAt = Noon.AddDays(-9), Origin = "crm" });
        Assert.False(await SuppressedAsync(jane));

        await ledger.AppendAsync(Tenant, Group, new AccountSuppressionEvent { OccurredAt = Noon.AddDays(-2), Origin = "crm" });
        Assert.Equal((true, false), (await SuppressedAsync(jane), await SuppressedAsync(free)));
        await AssertRowsAsync(ledger, jane);

        // who joins an account that is suppressed already is suppressed too, and who leaves it is not
        await ledger.AppendAsync(Tenant, free.Id, new ContactAccountEvent { Account = Acme, OccurredAt = Noon.AddDays(-1), Origin = "crm" });
        await ledger.AppendAsync(Tenant, jane.Id, new ContactAccountEvent { Account = null, OccurredAt = Noon.AddMinutes(1), Origin = "crm" });
        Assert.Equal((false, true), (await SuppressedAsync(jane), await SuppressedAsync(free)));

        await ledger.AppendAsync(Tenant, Group, new AccountSuppressionEvent { IsLifted = true, OccurredAt = Noon, Origin = "crm" });
        Assert.False(await SuppressedAsync(free));
        await ledger.AppendAsync(Tenant, Group, new AccountSuppressionEvent { Scope = SuppressionScope.Of(Channel.Sms), OccurredAt = Noon, Origin = "crm" });
        Assert.False(await SuppressedAsync(free));
        await AssertRowsAsync(ledger, free);

        async Task<bool> SuppressedAsync(ContactPoint point) => (await ledger.FindFactsAsync(Tenant, point.Id, Purposes.Newsletter))!.AccountSuppressed;
    }

    [Fact]
    public async Task Target_list_and_cap_of_the_account_are_in_the_facts_of_its_people_at_once()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger, account: Acme);
        await ledger.AppendAsync(Tenant, Acme, new AccountTargetEvent { IsOnTargetList = true, MessageCap = 3, OccurredAt = Noon.AddDays(-1), Origin = "crm" });
        var facts = (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        Assert.Equal((true, 3), (facts.AccountOnTargetList, facts.CapsAccount));

        await ledger.AppendAsync(Tenant, Acme, new AccountTargetEvent { OccurredAt = Noon, Origin = "crm" });
        facts = (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        Assert.Equal((null, null), (facts.AccountOnTargetList, facts.CapsAccount));
    }

    [Fact]
    public async Task An_account_is_never_above_itself()
    {
        var ledger = await CreateAsync(Catalog);
        await ledger.AppendAsync(Tenant, Acme, new AccountParentEvent { Parent = Group, OccurredAt = Noon.AddDays(-1), Origin = "crm" });

        foreach (var (account, parent) in new[] { (Group, Acme), (Group, Group) })
        {
            var error = await Assert.ThrowsAsync<PrivacyException>(async () =>
                await ledger.AppendAsync(Tenant, account, new AccountParentEvent { Parent = parent, OccurredAt = Noon, Origin = "crm", IdempotencyKey = parent.Value }));
            Assert.Equal(PrivacyErrorCode.AccountCycle, error.Code);
        }

        // nothing of the refused stands
        var jane = await RegisterAsync(ledger, account: Acme);
        var history = (await ledger.FindHistoryAsync(Tenant, jane.Id))!;
        Assert.Empty(history.Accounts[Group]);
        Assert.Equal(0, (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.FactErrors);
    }

    [Fact]
    public async Task No_line_of_accounts_gets_too_long_at_the_top_the_bottom_or_between()
    {
        const int Bottom = LedgerIntake.MaxAccountLevels - 1;
        var ledger = await CreateAsync(Catalog);
        for (var i = 1; i <= Bottom; i++)
        {
            await MoveAsync(Level(i), Level(i - 1), Noon.AddDays(-1)); // 0 is the top
        }

        await MoveAsync(Acme, Group, Noon.AddDays(-1));
        var jane = await RegisterAsync(ledger, account: Level(Bottom));
        foreach (var (account, parent) in new[] { (Level(0), Level(-1)), (Level(Bottom + 1), Level(Bottom)), (Level(1), Acme) })
        {
            var error = await Assert.ThrowsAsync<PrivacyException>(() => MoveAsync(account, parent, Noon));
            Assert.Equal(PrivacyErrorCode.AccountCycle, error.Code);
        }

        // nothing of the refused stands; as long as can be is not too long
        Assert.Equal(0, (await FactsAsync()).FactErrors);
        await MoveAsync(Level(2), Acme, Noon);
        await ledger.AppendAsync(Tenant, Group, new AccountSuppressionEvent { OccurredAt = Noon, Origin = "crm" });
        Assert.Equal((0, true), ((await FactsAsync()).FactErrors, (await FactsAsync()).AccountSuppressed));
        await AssertRowsAsync(ledger, jane);

        static AccountId Level(int level) => new($"level-{level}");
        async Task<ConsentFacts> FactsAsync() => (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        async Task MoveAsync(AccountId account, AccountId parent, DateTimeOffset at) =>
            await ledger.AppendAsync(Tenant, account, new AccountParentEvent { Parent = parent, OccurredAt = at, Origin = "crm" });
    }

    [Fact]
    public async Task A_purpose_that_is_declared_later_gets_its_rows_when_facts_are_rebuilt()
    {
        var small = new PurposeCatalog(Catalog.Definitions.Where(definition => definition.Purpose == Purposes.Newsletter));
        var ledger = await CreateAsync(small);
        var jane = await RegisterAsync(ledger);
        await ledger.AppendAsync(Tenant, jane.Id, Granted(Purposes.Marketing, -1));
        var grown = await CreateAsync(Catalog);
        if (await grown.FindHistoryAsync(Tenant, jane.Id) is null)
        {
            return; // kept in memory: a second ledger is another ledger
        }

        Assert.Null(await grown.FindFactsAsync(Tenant, jane.Id, Purposes.EventInvitation));
        Assert.Equal(1, await grown.RebuildFactsAsync(Tenant));
        Assert.Equal(ConsentStatuses.Granted, (await grown.FindFactsAsync(Tenant, jane.Id, Purposes.EventInvitation))!.ConsentStatus);
        await AssertRowsAsync(grown, jane);
    }
}
