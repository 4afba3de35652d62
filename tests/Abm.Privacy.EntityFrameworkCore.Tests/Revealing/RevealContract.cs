using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Tests.Saving;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Revealing;

/// <summary>What revealing does, on every database.</summary>
public abstract partial class RevealContract
{
    protected abstract ValueTask<TestDatabase> NewDatabaseAsync();

    private async Task<CrmDatabase> CreateAsync() => await CrmDatabase.CreateAsync(await NewDatabaseAsync());

    [Fact]
    public async Task Only_the_named_fields_are_revealed_and_nothing_is_modified()
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm, c => c.Name = "Jane");
        await using var context = crm.NewContext();
        var contact = await context.Contacts.SingleAsync();
        var result = await context.RevealAsync([contact], c => c.Name, "label printing");

        Assert.Equal((ProtectedState.Revealed, ProtectedState.Sealed), (contact.Name!.State, contact.Email!.State));
        Assert.True(result[0].Succeeded);
        Assert.Equal(EntityState.Unchanged, context.Entry(contact).State);
        Assert.False(context.ChangeTracker.HasChanges());
    }

    [Fact]
    public async Task The_audit_is_told_first_and_holds_no_personal_data()
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm, c => c.Name = "Jane");
        await SavingContract.AddAsync(crm, c => c.TenantId = "globex");
        await using var context = crm.NewContext();
        crm.Audit.Failure = new InvalidOperationException("The log is full.");
        var contacts = await context.Contacts.ToListAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => context.RevealAsync(contacts, c => c, "report"));
        Assert.All(contacts, contact => Assert.Equal(ProtectedState.Sealed, contact.Email!.State));

        crm.Audit.Failure = null;
        await context.RevealAsync(contacts, c => new { c.Email, c.Name }, "report");

        var acme = crm.Audit.Audits.Single(audit => audit.Tenant.Value == "acme");
        Assert.Equal(("crm", "contact", 2, 1, "report"), (acme.Scope, acme.Entity, acme.Values, acme.Subjects, acme.Reason));
        Assert.Equal(["email", "name"], acme.Fields);
        Assert.Equal(2, crm.Audit.Audits.Count);
        Assert.DoesNotContain("jane", acme.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_value_that_does_not_open_costs_no_other()
    {
        await using var crm = await CreateAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await SavingContract.AddAsync(crm, c => (c.SubjectId, c.Name, c.Title) = ($"subject-{i}", "N", $"{i}")));
        }

        await crm.Ring.DestroySubjectsAsync(new TenantId("acme"), [new SubjectId("subject-1")]);
        await using var context = crm.NewContext();
        var contacts = await context.Contacts.OrderBy(c => c.Title).ToListAsync();
        await using (var other = crm.NewContext())
        {
            // the envelope of another field, as an intruder would put it there
            await other.Database.ExecuteSqlRawAsync("UPDATE \"Contacts\" SET \"Email\" = \"Name\" WHERE \"Title\" = '2'");
        }

        await context.Entry(contacts[2]).ReloadAsync();
        var batch = await context.RevealAsync(contacts, c => c, "test");

        Assert.Equal([true, false, false, true], batch.Select(result => result.Succeeded));
        Assert.All(batch[1].Failures, failure => Assert.Equal(PrivacyErrorCode.SubjectErased, failure.Error.Code));
        Assert.Equal(("email", PrivacyErrorCode.DecryptionFailed), (batch[2].Failures.Single().Field, batch[2].Failures.Single().Error.Code));
        Assert.Equal("N", contacts[2].Name!.GetValue());
        var error = Assert.Throws<PrivacyException>(batch.GetEntities);
        Assert.Equal(PrivacyErrorCode.SubjectErased, error.Code);
        Assert.Contains("position 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, ids.Count);
    }

    [Fact]
    public async Task Keys_are_read_for_500_subjects_at_a_time()
    {
        await using var crm = await CreateAsync();
        await using (var context = crm.NewContext())
        {
            context.AddRange(Enumerable.Range(0, 1100).Select(i => new Contact { Email = $"{i}", SubjectId = $"s{i}", TenantId = i < 1001 ? "acme" : "globex" }));
            await context.SaveChangesAsync();
        }

        var finds = new CountingDataKeyStore(crm.NewRingStore());
        using var ring = TestKeys.Ring(finds, crm.TenantStore, crm.Root);
        await using var reading = crm.NewContext(ring);
        var revealed = await reading.RevealAsync(reading.Contacts.AsNoTracking(), c => c.Email, "test");

        Assert.All(revealed.GetEntities(), contact => Assert.Equal(contact.SubjectId, "s" + contact.Email!.GetValue()));
        Assert.Equal(4, finds.Finds);
    }

    [Fact]
    public async Task A_derived_type_is_revealed_whole_through_its_base()
    {
        await using var crm = await CreateAsync();
        await using (var context = crm.NewContext())
        {
            context.Add(new VipContact { Email = "vip@example.com", Assistant = "Omar" });
            context.Add(new Contact { Email = "plain@example.com" });
            await context.SaveChangesAsync();
        }

        await using var reading = crm.NewContext();
        var vip = (await reading.RevealAsync(reading.Contacts, c => c, "test")).GetEntities().OfType<VipContact>().Single();
        Assert.Equal("Omar", vip.Assistant!.GetValue());
        reading.ChangeTracker.Clear();
        vip = (await reading.RevealAsync(reading.Contacts, c => ((VipContact)c).Assistant, "test")).GetEntities().OfType<VipContact>().Single();
        Assert.Equal((ProtectedState.Revealed, ProtectedState.Sealed), (vip.Assistant!.State, vip.Email!.State));
    }

    [Fact]
    public async Task Fields_that_are_not_protected_and_empty_reasons_are_refused()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        await Assert.ThrowsAsync<ArgumentException>(() => context.RevealAsync(context.Contacts, c => c.Title, "test"));
        await Assert.ThrowsAsync<ArgumentException>(() => context.RevealAsync(context.Contacts, c => c.Email!.ToString(), "test"));
        await Assert.ThrowsAsync<ArgumentException>(() => context.RevealAsync(context.Contacts, c => c.Email, " "));
    }

    [Fact]
    public async Task Without_a_sink_a_reveal_is_logged()
    {
        await using var crm = await CreateAsync();
        await SavingContract.AddAsync(crm);
        var lines = new LineLogger();
        var options = new DbContextOptionsBuilder<CrmContext>();
        crm.Database.Configure(options);
        options.UseAbmPrivacy(crm.Ring, crm.Encryptor).UseLoggerFactory(lines).EnableSensitiveDataLogging();
        await using var context = new CrmContext(options.Options);
        await context.RevealAsync(context.Contacts, c => c.Email, "support case");

        var line = Assert.Single(lines.Lines, line => line.Contains("support case", StringComparison.Ordinal));
        Assert.Contains("crm/contact", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_or_debug_view_shows_a_clear_value()
    {
        await using var crm = await CreateAsync();
        var lines = new List<string>();
        await using var context = crm.NewContext(options => options.LogTo(lines.Add).EnableSensitiveDataLogging().EnableDetailedErrors());
        context.Add(new Contact { Email = "canary@example.com" });
        var view = context.ChangeTracker.DebugView.LongView;
        await context.SaveChangesAsync();
        await context.RevealAsync(context.Contacts, c => c, "test");

        Assert.Contains("[protected]", view, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", view + context.ChangeTracker.DebugView.LongView + string.Concat(lines), StringComparison.Ordinal);
    }
}
