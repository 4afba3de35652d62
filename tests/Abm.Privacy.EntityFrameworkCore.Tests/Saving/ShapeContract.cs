using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

/// <summary>Composite and store-generated keys, owned types, complex types and JSON, on every database.</summary>
public abstract class ShapeContract
{
    protected abstract ValueTask<TestDatabase> NewDatabaseAsync();

    private async Task<CrmDatabase> CreateAsync() => await CrmDatabase.CreateAsync(await NewDatabaseAsync());

    [Fact]
    public async Task Everything_in_an_aggregate_comes_back()
    {
        await using var crm = await CreateAsync();
        await AddCustomerAsync(crm, "ada");
        await AddCustomerAsync(crm, "bob");

        foreach (var tracking in new[] { true, false })
        {
            await using var context = crm.NewContext();
            var query = tracking ? context.Customers : context.Customers.AsNoTracking();
            if (tracking)
            {
                var customers = (await context.RevealAsync(query, c => c, "test")).GetEntities();
                Assert.Equal(["ada", "bob"], customers.Select(c => c.Name.GetValue()).Order());
                Assert.All(customers, customer => Assert.Equal(Expected(customer.Name.GetValue()), Describe(customer)));
                Assert.Equal(0, await context.SaveChangesAsync());
            }
            else
            {
                // the row of a device is bound to a shadow property, which an instance alone does not hold
                await Assert.ThrowsAsync<InvalidOperationException>(() => context.RevealAsync(query, c => c, "test"));
                Assert.Equal(2, (await context.RevealAsync(query, c => new { c.Name, c.Home, c.Notes, c.Geo, c.Plan.Tier }, "test")).GetEntities().Count);
            }
        }
    }

    [Fact]
    public async Task A_part_of_an_aggregate_can_be_changed_alone()
    {
        await using var crm = await CreateAsync();
        await AddCustomerAsync(crm, "ada");
        await using (var context = crm.NewContext())
        {
            var customer = (await context.RevealAsync(context.Customers, c => c.Devices, "test")).GetEntities().Single();
            customer.Home!.Street = "ada-street-2";
            customer.Work = new Address { Street = "ada-work-2" };
            customer.Geo.Spot = "ada-spot-2";
            customer.Plan = new Plan("ada-tier-2");
            customer.Devices.Single(device => device.Serial!.GetValue() == "ada-serial-1").Serial = "ada-serial-4";
            customer.Devices.Add(new Device { Serial = "ada-serial-3" });
            customer.Profile!.Bio = "ada-bio-2";
            await context.SaveChangesAsync();
        }

        await using var reading = crm.NewContext();
        var stored = (await reading.RevealAsync(reading.Customers, c => c, "test")).GetEntities().Single();
        Assert.Equal(
            "ada-street-2|ada-work-2|ada-spot-2|ada-tier-2|ada-serial-2,ada-serial-3,ada-serial-4|ada-note-1,ada-note-2|ada-bio-2", Describe(stored));
    }

    [Fact]
    public async Task Items_of_a_JSON_list_open_wherever_they_stand_in_it()
    {
        await using var crm = await CreateAsync();
        await AddCustomerAsync(crm, "ada");
        await using (var context = crm.NewContext())
        {
            var customer = await context.Customers.SingleAsync();
            customer.Notes.RemoveAt(0);
            customer.Notes.Add(new Note { Text = "ada-note-3" });
            await context.SaveChangesAsync();
        }

        await using var reading = crm.NewContext();
        var stored = (await reading.RevealAsync(reading.Customers, c => c.Notes, "test")).GetEntities().Single();
        Assert.Equal(["ada-note-2", "ada-note-3"], stored.Notes.Select(note => note.Text!.GetValue()));
        Assert.Equal(ProtectedState.Sealed, stored.Name.State);
    }

    [Fact]
    public async Task A_composite_key_gets_its_Guid()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        var (one, two) = (new Customer { Name = "one" }, new Customer { Name = "two" });
        context.AddRange(one, two);

        Assert.NotEqual(one.Id, two.Id);
        Assert.NotEqual(Guid.Empty, one.Id);
        await context.SaveChangesAsync();
    }

    [Fact]
    public async Task A_key_that_the_database_makes_is_replaced_by_a_Guid_of_the_row()
    {
        await using var crm = await CreateAsync();
        var contact = await SavingContract.AddAsync(crm);
        await using (var context = crm.NewContext())
        {
            context.AddRange(new Order { ContactId = contact, Message = "one" }, new Order { ContactId = contact, Message = "two" });
            await context.SaveChangesAsync();
        }

        await using (var context = crm.NewContext())
        {
            var orders = (await context.RevealAsync(context.Orders.OrderBy(o => o.Id), o => o.Message, "test")).GetEntities();
            Assert.Equal(["one", "two"], orders.Select(order => order.Message!.GetValue()));
            Assert.NotEqual(context.Entry(orders[0]).Property<Guid?>("abm_row").CurrentValue, context.Entry(orders[1]).Property<Guid?>("abm_row").CurrentValue);
            orders[1].Message = "three";
            await context.SaveChangesAsync();
        }

        await using var reading = crm.NewContext();
        Assert.Equal("three", (await reading.RevealAsync(reading.Orders.OrderBy(o => o.Id), o => o.Message, "test")).GetEntities()[1].Message!.GetValue());
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() => reading.RevealAsync(reading.Orders.AsNoTracking(), o => o.Message, "test"));
        Assert.Contains("HasRecord", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detached_row_with_a_shadow_Guid_is_not_encrypted_for_a_wrong_record()
    {
        await using var crm = await CreateAsync();
        var contact = await SavingContract.AddAsync(crm);
        await using var context = crm.NewContext();
        var order = new Order { ContactId = contact, Message = "one" };
        context.Add(order);
        await context.SaveChangesAsync();

        context.ChangeTracker.Clear();
        context.Update(new Order { Id = order.Id, ContactId = contact, Message = "two" });
        await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync());
        context.ChangeTracker.Clear();
        Assert.Equal("one", (await context.RevealAsync(context.Orders, o => o.Message, "test")).GetEntities().Single().Message!.GetValue());
    }

    [Fact]
    public async Task A_full_update_of_owned_types_is_left_or_refused_as_their_owners_is()
    {
        await using var crm = await CreateAsync();
        await AddCustomerAsync(crm, "one");
        await AddCustomerAsync(crm, "two");
        await using var reader = crm.NewContext();
        var customers = await reader.Customers.AsNoTracking().ToListAsync();
        foreach (var customer in customers)
        {
            await using var context = crm.NewContext();
            customer.Devices.Clear(); // Entity Framework knows the shadow keys of tracked ones alone
            context.Update(customer);
            await context.SaveChangesAsync();
        }

        await using var later = crm.NewContext();
        var revealed = (await later.RevealAsync(later.Customers, c => c, "test")).GetEntities();
        Assert.Equal([Expected("one"), Expected("two")], revealed.Select(Describe).Order(StringComparer.Ordinal));

        foreach (var mistake in new Action<Customer, Customer>[]
        {
            (to, from) => to.Home!.Street = from.Home!.Street, (to, from) => to.Work!.Street = from.Work!.Street, (to, from) => to.Geo.Spot = from.Geo.Spot,
            (to, from) => to.Profile!.Bio = from.Profile!.Bio, (to, from) => to.Notes[0].Text = from.Notes[0].Text,
        })
        {
            await using var context = crm.NewContext();
            var detached = await reader.Customers.AsNoTracking().ToListAsync();
            mistake(detached[0], detached[1]);
            detached[0].Devices.Clear();
            context.Update(detached[0]);
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync());
            Assert.Contains("bound to another place", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_no_rewrap_reaches_moves_to_a_new_key_when_it_is_revealed_marked_and_saved()
    {
        await using var crm = await CreateAsync();
        await AddCustomerAsync(crm, "one");
        await using var context = crm.NewContext();
        var source = new EntityRewrapSource<Customer>(() => crm.NewContext(), new TenantId("acme"));
        var error = await Assert.ThrowsAsync<NotSupportedException>(async () => await source.ReadAsync(null, 1, default));
        Assert.Contains("set IsModified of their protected properties", error.Message, StringComparison.Ordinal);

        var customer = (await context.RevealAsync(context.Customers, c => c, "key rotation")).GetEntities().Single();
        var key = await new KeyLifecycle(crm.Ring).RotateAsync(new TenantId("acme"), DataKeyOwner.ForSubject(new SubjectId(customer.Id.ToString())));
        foreach (var property in context.ChangeTracker.Entries().SelectMany(entry => entry.Properties).Where(property => property.CurrentValue is ProtectedValue).ToList())
        {
            property.IsModified = true;
        }

        await context.SaveChangesAsync();
        await using var later = crm.NewContext();
        var stored = (await later.RevealAsync(later.Customers, c => c, "test")).GetEntities().Single();
        Assert.Equal(Expected("one"), Describe(stored));
        Assert.All(
            new[] { stored.Home!.Street, stored.Work!.Street, stored.Devices[1].Serial, stored.Notes[0].Text, stored.Profile!.Bio },
            value => Assert.True(EnvelopeInfo.TryRead(value!.Envelope.Span, out var info) && info.KeyId == key));
    }

    [Fact]
    public async Task A_declared_record_property_serves_detached_rows_too()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        var ticket = new Ticket { Person = Guid.NewGuid(), Body = "one" };
        context.Add(ticket);
        await context.SaveChangesAsync();
        Assert.NotEqual(Guid.Empty, ticket.RowId);

        context.ChangeTracker.Clear();
        var detached = (await context.RevealAsync(context.Tickets.AsNoTracking(), t => t.Body, "test")).GetEntities().Single();
        Assert.Equal("one", detached.Body!.GetValue());
        detached.Body = "two";
        context.Update(detached);
        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();
        Assert.Equal("two", (await context.RevealAsync(context.Tickets, t => t.Body, "test")).GetEntities().Single().Body!.GetValue());
    }

    private static async Task AddCustomerAsync(CrmDatabase crm, string name)
    {
        await using var context = crm.NewContext();
        var customer = new Customer
        {
            Name = name,
            Plan = new Plan($"{name}-tier"),
            Home = new Address { Street = $"{name}-street" },
            Work = new Address { Street = $"{name}-work" },
            Profile = new Profile { Bio = $"{name}-bio" },
        };
        customer.Geo.Spot = $"{name}-spot";
        customer.Devices.AddRange([new Device { Serial = $"{name}-serial-1" }, new Device { Serial = $"{name}-serial-2" }]);
        customer.Notes.AddRange([new Note { Text = $"{name}-note-1" }, new Note { Text = $"{name}-note-2" }]);
        context.Add(customer);
        await context.SaveChangesAsync();
    }

    private static string Expected(string name) =>
        $"{name}-street|{name}-work|{name}-spot|{name}-tier|{name}-serial-1,{name}-serial-2|{name}-note-1,{name}-note-2|{name}-bio";

    private static string Describe(Customer customer) => string.Join(
        '|',
        customer.Home!.Street!.GetValue(),
        customer.Work!.Street!.GetValue(),
        customer.Geo.Spot!.GetValue(),
        customer.Plan.Tier!.GetValue(),
        string.Join(',', customer.Devices.Select(device => device.Serial!.GetValue()).Order()),
        string.Join(',', customer.Notes.Select(note => note.Text!.GetValue()).Order()),
        customer.Profile!.Bio!.GetValue());
}
