using Abm.Privacy.Tests.Support;
using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

/// <summary>What a save does with protected values, on every database.</summary>
public abstract partial class SavingContract
{
    private const string Jane = "jane@example.com";

    protected abstract ValueTask<TestDatabase> NewDatabaseAsync();

    private async Task<CrmDatabase> CreateAsync() => await CrmDatabase.CreateAsync(await NewDatabaseAsync());

    [Fact]
    public async Task An_added_value_is_stored_encrypted_and_loads_sealed()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm, contact => (contact.Born, contact.Score) = (new DateOnly(1980, 2, 29), 7));

        await using var context = crm.NewContext();
        var loaded = await context.Contacts.SingleAsync();

        Assert.Equal(ProtectedState.Sealed, loaded.Email!.State);
        Assert.Equal(0xA1, loaded.Email.Envelope.Span[0]);
        Assert.Null(loaded.Name);
        var revealed = (await context.RevealAsync([loaded], contact => contact, "test")).GetEntities().Single();
        Assert.Equal((Jane, new DateOnly(1980, 2, 29), 7), (revealed.Email!.GetValue(), revealed.Born!.GetValue(), revealed.Score!.GetValue()));
        Assert.Equal(id, revealed.Id);
    }

    [Fact]
    public async Task A_saved_entity_still_shows_what_was_assigned()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        var contact = new Contact { Email = Jane };
        context.Add(contact);
        await context.SaveChangesAsync();

        Assert.Equal(ProtectedState.Revealed, contact.Email!.State);
        Assert.Equal(Jane, contact.Email.GetValue());
        Assert.Equal(0, await context.SaveChangesAsync());
    }

    [Fact]
    public async Task Only_what_changed_is_encrypted_and_written()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm, contact => contact.Name = "Jane");
        await using var context = crm.NewContext();
        var contact = await context.Contacts.SingleAsync();
        var name = contact.Name!.Envelope.ToArray();

        contact.Email = "new@example.com";
        await context.SaveChangesAsync();

        Assert.Equal("new@example.com", await crm.ReadEmailAsync(id));
        await using var other = crm.NewContext();
        Assert.Equal(name, (await other.Contacts.SingleAsync()).Name!.Envelope.ToArray());
    }

    [Fact]
    public async Task A_changed_entity_keeps_protected_values_that_nobody_touched()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm);
        await using var context = crm.NewContext();
        (await context.Contacts.SingleAsync()).Title = "Dr.";
        await context.SaveChangesAsync();

        Assert.Equal(Jane, await crm.ReadEmailAsync(id));
    }

    [Fact]
    public async Task Null_takes_a_value_away_and_a_value_replaces_null()
    {
        await using var crm = await CreateAsync();
        await AddAsync(crm);
        await using var context = crm.NewContext();
        var contact = await context.Contacts.SingleAsync();
        (contact.Email, contact.Name) = (null, "Jane");
        await context.SaveChangesAsync();

        await using var other = crm.NewContext();
        var stored = (await other.RevealAsync(other.Contacts, c => c, "test")).GetEntities().Single();
        Assert.Null(stored.Email);
        Assert.Equal("Jane", stored.Name!.GetValue());
    }

    [Fact]
    public async Task Assigning_the_value_that_was_revealed_writes_nothing()
    {
        await using var crm = await CreateAsync();
        await AddAsync(crm);
        await using var context = crm.NewContext();
        var contact = (await context.RevealAsync(context.Contacts, c => c.Email, "test")).GetEntities().Single();
        var stored = contact.Email;

        contact.Email = Jane;

        Assert.Equal(0, await context.SaveChangesAsync());
        Assert.Same(stored, contact.Email);
        Assert.Equal(EntityState.Unchanged, context.Entry(contact).State);
    }

    [Fact]
    public async Task Assigning_the_same_value_over_a_sealed_one_writes_it_once()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm);
        await using var context = crm.NewContext();
        (await context.Contacts.SingleAsync()).Email = Jane;

        Assert.Equal(1, await context.SaveChangesAsync());
        Assert.Equal(Jane, await crm.ReadEmailAsync(id));
    }

    [Fact]
    public async Task One_pending_value_can_be_given_to_two_rows()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        Protected<string> shared = Jane;
        var (one, two) = (new Contact { Email = shared }, new Contact { Email = shared, SubjectId = "subject-omar" });
        context.AddRange(one, two);
        await context.SaveChangesAsync();

        Assert.Equal(ProtectedState.Pending, shared.State);
        Assert.NotSame(one.Email, two.Email);
        Assert.Equal((Jane, Jane), (await crm.ReadEmailAsync(one.Id), await crm.ReadEmailAsync(two.Id)));
    }

    [Fact]
    public async Task A_revealed_value_of_another_row_is_encrypted_for_its_new_place()
    {
        await using var crm = await CreateAsync();
        var (one, two) = (await AddAsync(crm), await AddAsync(crm, contact => (contact.Email, contact.SubjectId) = ("old", "subject-omar")));
        await using var context = crm.NewContext();
        var contacts = (await context.RevealAsync(context.Contacts, c => c.Email, "test")).GetEntities().ToDictionary(c => c.Id);
        contacts[two].Email = contacts[one].Email;
        await context.SaveChangesAsync();

        Assert.Equal((Jane, Jane), (await crm.ReadEmailAsync(one), await crm.ReadEmailAsync(two)));
        Assert.NotSame(contacts[one].Email, contacts[two].Email);
    }

    [Fact]
    public async Task A_sealed_value_of_another_place_is_refused()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm, contact => contact.Name = "Jane");
        await using var context = crm.NewContext();
        var contact = await context.Contacts.SingleAsync();

        contact.Email = contact.Name;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync());
        Assert.Contains("crm/contact/email", error.Message, StringComparison.Ordinal);

        context.Entry(contact).State = EntityState.Unchanged;
        context.Add(new Contact { Email = (await crm.NewContext().Contacts.SingleAsync()).Email });
        await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync());
        Assert.Equal(Jane, await crm.ReadEmailAsync(id));
    }

    [Fact]
    public async Task A_full_update_of_a_detached_entity_leaves_sealed_values_as_they_are_stored_meanwhile()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm);
        await using var reader = crm.NewContext();
        var detached = await reader.Contacts.AsNoTracking().SingleAsync();
        await using (var other = crm.NewContext())
        {
            (await other.Contacts.SingleAsync()).Email = "newer@example.com";
            await other.SaveChangesAsync();
        }

        await using var context = crm.NewContext();
        detached.Title = "Dr.";
        context.Update(detached);
        await context.SaveChangesAsync();

        Assert.Equal("newer@example.com", await crm.ReadEmailAsync(id));
        Assert.Equal("Dr.", (await crm.NewContext().Contacts.SingleAsync()).Title);
    }

    [Fact]
    public async Task A_full_update_of_a_detached_entity_writes_what_was_assigned()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm);
        await using var context = crm.NewContext();
        context.Update(new Contact { Id = id, Email = "assigned@example.com" });
        await context.SaveChangesAsync();

        Assert.Equal("assigned@example.com", await crm.ReadEmailAsync(id));
    }

    [Fact]
    public async Task An_attached_stub_writes_the_assigned_property_alone()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm, contact => contact.Name = "Jane");
        await using var context = crm.NewContext();
        var stub = new Contact { Id = id };
        context.Attach(stub);
        stub.Name = "Janet";
        await context.SaveChangesAsync();

        Assert.Equal(Jane, await crm.ReadEmailAsync(id));
    }

    [Fact]
    public async Task Save_without_accepting_can_be_repeated()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        var contact = new Contact { Email = Jane };
        context.Add(contact);
        await context.SaveChangesAsync(acceptAllChangesOnSuccess: false);
        context.ChangeTracker.AcceptAllChanges();

        Assert.Equal(Jane, await crm.ReadEmailAsync(contact.Id));
        Assert.Equal(0, await context.SaveChangesAsync());
    }

    [Fact]
    public async Task Removing_finding_reloading_and_raw_queries_work_with_sealed_values()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm);
        await using var context = crm.NewContext();
        var found = await context.Contacts.FindAsync(id);
        found!.Email = "lost";
        await context.Entry(found).ReloadAsync();
        var projected = await context.Contacts.Select(contact => contact.Email).SingleAsync();
        var raw = await context.Contacts.FromSqlRaw("SELECT * FROM \"Contacts\"").AsNoTracking().SingleAsync();
        var scalar = await context.Database.SqlQueryRaw<Protected<string>>("SELECT \"Email\" AS \"Value\" FROM \"Contacts\"").SingleAsync();

        Assert.Equal([found.Email, found.Email, found.Email], [projected!, raw.Email, scalar]);
        context.Remove(found);
        await context.SaveChangesAsync();
        Assert.Empty(await context.Contacts.ToListAsync());
    }

    [Fact]
    public async Task A_clear_value_never_reaches_a_command()
    {
        await using var crm = await CreateAsync();
        await AddAsync(crm);
        await using var context = crm.NewContext();
        Protected<string> clear = Jane;

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => context.Contacts.Where(contact => contact.Email!.Equals(clear)).ToListAsync());
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => context.Contacts.ExecuteUpdateAsync(set => set.SetProperty(contact => contact.Email, clear)));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => context.Contacts.FromSql($"SELECT * FROM \"Contacts\" WHERE \"Email\" = {clear}").ToListAsync());
    }

    [Fact]
    public async Task A_synchronous_save_of_assigned_values_says_what_to_call()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm);
        await using var context = crm.NewContext();
        var contact = await context.Contacts.SingleAsync();
        contact.Email = "sync@example.com";

        var error = Assert.Throws<NotSupportedException>(() => context.SaveChanges());
        Assert.Contains("SaveChangesAsync", error.Message, StringComparison.Ordinal);
        Assert.Equal(Jane, await crm.ReadEmailAsync(id));
        await context.SaveChangesAsync();
        Assert.Equal("sync@example.com", await crm.ReadEmailAsync(id));
    }

    [Fact]
    public async Task A_synchronous_save_without_assigned_values_works()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm);
        using var context = crm.NewContext();
        context.Contacts.Single().Title = "Dr.";
        Assert.Equal(1, context.SaveChanges());
        Assert.Equal(Jane, await crm.ReadEmailAsync(id));
    }

    internal static async Task<Guid> AddAsync(CrmDatabase crm, Action<Contact>? configure = null)
    {
        await using var context = crm.NewContext();
        var contact = new Contact { Email = Jane };
        configure?.Invoke(contact);
        context.Add(contact);
        await context.SaveChangesAsync();
        return contact.Id;
    }
}
