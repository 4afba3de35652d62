using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

/// <summary>Rows: their versions, persons and tenants.</summary>
public abstract partial class SavingContract
{
    [Fact]
    public async Task A_protected_concurrency_token_is_the_envelope()
    {
        await using var crm = await CreateAsync();
        await using (var context = crm.NewContext())
        {
            context.Add(new Versioned { Code = "a", Secret = "one" });
            await context.SaveChangesAsync();
        }

        await using var first = crm.NewContext();
        await using var second = crm.NewContext();
        (await first.Versioneds.SingleAsync()).Secret = "two";
        (await second.Versioneds.SingleAsync()).Secret = "three";
        await first.SaveChangesAsync();

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
        await using var reader = crm.NewContext();
        Assert.Equal("two", (await reader.RevealAsync(reader.Versioneds, v => v.Secret, "test")).GetEntities().Single().Secret!.GetValue());
    }

    [Fact]
    public async Task A_row_that_gets_another_person_is_encrypted_anew_or_refused()
    {
        await using var crm = await CreateAsync();
        var id = await AddAsync(crm);
        await using (var context = crm.NewContext())
        {
            (await context.Contacts.SingleAsync()).SubjectId = "subject-omar";
            await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync());
        }

        await using (var context = crm.NewContext())
        {
            (await context.RevealAsync(context.Contacts, c => c, "test")).GetEntities().Single().SubjectId = "subject-omar";
            await context.SaveChangesAsync();
        }

        Assert.Equal(Jane, await crm.ReadEmailAsync(id));
    }

    [Fact]
    public async Task Rows_without_tenant_or_person_are_refused()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        context.Add(new Contact { Email = Jane, TenantId = "" });
        Assert.Contains("TenantId", (await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync())).Message, StringComparison.Ordinal);
        context.ChangeTracker.Clear();
        context.Add(new Contact { Email = Jane, SubjectId = "" });
        Assert.Contains("SubjectId", (await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync())).Message, StringComparison.Ordinal);
        Assert.Equal(0, await crm.CountAsync(DataKeyModel.KeysTable));
    }

    [Fact]
    public async Task Two_tenants_in_one_save_have_keys_of_their_own()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        var (acme, globex) = (new Contact { Email = "a" }, new Contact { Email = "g", TenantId = "globex" });
        context.AddRange(globex, acme);
        await context.SaveChangesAsync();

        Assert.NotEqual(acme.Email!.Envelope[3..19].ToArray(), globex.Email!.Envelope[3..19].ToArray());
        Assert.Equal(("a", "g"), (await crm.ReadEmailAsync(acme.Id), await crm.ReadEmailAsync(globex.Id)));
    }
}
