using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

/// <summary>Full updates of detached entities, whose original values nobody knows.</summary>
public abstract partial class SavingContract
{
    [Theory]
    [InlineData("subject-jane")]
    [InlineData("subject-joe")]
    public async Task A_full_update_with_another_rows_envelope_is_refused_however_often_it_is_tried(string othersSubject)
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm);
        var other = await AddAsync(crm, contact => (contact.Email, contact.SubjectId) = ("other@example.com", othersSubject));
        await using var context = crm.NewContext();
        var foreign = (await context.Contacts.AsNoTracking().SingleAsync(contact => contact.Id == other)).Email;
        context.Update(new Contact { Id = id, Title = "Dr.", Email = foreign });

        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync());
            Assert.Contains("crm/contact/email", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(Jane, await crm.ReadEmailAsync(id));
        Assert.Equal("", (await crm.NewContext().Contacts.SingleAsync(contact => contact.Id == id)).Title);
    }

    [Fact]
    public async Task A_full_update_with_another_propertys_envelope_is_refused()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm, contact => contact.Name = "Jane");
        await using var context = crm.NewContext();
        var detached = await context.Contacts.AsNoTracking().SingleAsync();
        context.Update(new Contact { Id = id, Email = detached.Name, Name = detached.Name });

        await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync());
        Assert.Equal(Jane, await crm.ReadEmailAsync(id));
    }

    [Fact]
    public async Task A_full_update_of_a_forgotten_persons_row_leaves_its_envelopes()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm);
        await using var context = crm.NewContext();
        var detached = await context.Contacts.AsNoTracking().SingleAsync();
        await crm.Ring.DestroySubjectsAsync(new TenantId("acme"), [new SubjectId("subject-jane")]);
        detached.Title = "forgotten";
        context.Update(detached);
        await context.SaveChangesAsync();

        var stored = await crm.NewContext().Contacts.SingleAsync(contact => contact.Id == id);
        Assert.Equal(("forgotten", detached.Email), (stored.Title, stored.Email));
    }

    [Fact]
    public async Task A_full_update_in_a_transaction_knows_the_keys_that_it_made()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var contact = new Contact { Email = Jane };
        context.Add(contact);
        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();
        var detached = await context.Contacts.AsNoTracking().SingleAsync();
        detached.Title = "Dr.";
        context.Update(detached);
        await context.SaveChangesAsync();
        await transaction.CommitAsync();

        Assert.Equal(Jane, await crm.ReadEmailAsync(contact.Id));
        Assert.Equal("Dr.", (await crm.NewContext().Contacts.SingleAsync()).Title);
    }

    [Fact]
    public async Task A_synchronous_full_update_of_sealed_values_says_what_to_call()
    {
        await using var crm = await CreateAsync();
        await AddAsync(crm);
        await using var context = crm.NewContext();
        context.Update(await context.Contacts.AsNoTracking().SingleAsync());

        var error = Assert.Throws<NotSupportedException>(() => context.SaveChanges());
        Assert.Contains("SaveChangesAsync", error.Message, StringComparison.Ordinal);
        await context.SaveChangesAsync();
    }
}
