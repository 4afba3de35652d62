using Abm.Privacy.EntityFrameworkCore.Tests.Saving;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Revealing;

/// <summary>Revealing page by page.</summary>
public abstract partial class RevealContract
{
    [Fact]
    public async Task Every_entity_comes_once_in_the_order_of_its_key_and_the_audit_is_told_of_every_page()
    {
        await using var crm = await CreateAsync();
        await FillAsync(crm, 25);
        await using var context = crm.NewContext();
        var expected = await context.Contacts.AsNoTracking().OrderBy(c => c.Id).Select(c => c.Id).ToListAsync();

        var seen = new List<(Guid Id, int Position, string Email)>();
        await foreach (var result in context.RevealEachAsync(context.Contacts.AsNoTracking(), c => c.Email, "export", pageSize: 10))
        {
            seen.Add((result.Entity.Id, result.Position, result.Entity.Email!.GetValue()));
            Assert.Equal((seen.Count + 9) / 10, crm.Audit.Audits.Count); // told when its page was read, not before
        }

        Assert.Equal(expected, seen.ConvertAll(row => row.Id));
        Assert.Equal(Enumerable.Range(0, 25), seen.Select(row => row.Position));
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"p{i}@example.com").Order(StringComparer.Ordinal), seen.Select(row => row.Email).Order(StringComparer.Ordinal));
        Assert.Equal([10, 10, 5], crm.Audit.Audits.Select(audit => audit.Values));
        Assert.Empty(context.ChangeTracker.Entries());
        Assert.Empty(await ToListAsync(context.RevealEachAsync(context.Contacts.Where(c => c.Title == "none"), c => c.Email, "export")));
    }

    [Fact]
    public async Task A_page_starts_in_the_middle_of_the_keys_index()
    {
        await using var crm = await CreateAsync();
        var commands = new List<string>();
        await using var watched = crm.NewContext(options => options.LogTo(commands.Add, [Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.CommandExecuting]));
        watched.AddRange(Enumerable.Range(0, 3).Select(i => new Customer { Name = $"c{i}" }));
        await watched.SaveChangesAsync();
        commands.Clear();
        await ToListAsync(watched.RevealEachAsync(watched.Customers.AsNoTracking(), c => c.Name, "test", pageSize: 2));
        var second = Assert.Single(commands, command => command.Contains("\"TenantId\" >= ", StringComparison.Ordinal));
        Assert.True(second.Contains("\"TenantId\" > ", StringComparison.Ordinal) && second.Contains("\"Id\" > ", StringComparison.Ordinal) && !second.Contains("CASE", StringComparison.Ordinal), second);
    }

    [Fact]
    public async Task The_loop_may_query_and_save_with_the_same_context_also_in_a_transaction()
    {
        await using var crm = await CreateAsync();
        await FillAsync(crm, 12);
        await using var context = crm.NewContext();
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            context.Add(new Contact { Email = "new@example.com", SubjectId = "subject-new" }); // its key is known to this transaction alone
            await context.SaveChangesAsync();
            await foreach (var result in context.RevealEachAsync(context.Contacts.Where(c => c.TenantId == "acme"), c => c.Email, "clean up", pageSize: 5))
            {
                Assert.Equal(13, await context.Contacts.CountAsync());
                result.Entity.Email = "changed-" + result.Entity.Email!.GetValue();
                await context.SaveChangesAsync();
            }

            await transaction.CommitAsync();
        }

        await using var later = crm.NewContext();
        var emails = (await later.RevealAsync(later.Contacts, c => c.Email, "test")).GetEntities().Select(c => c.Email!.GetValue()).ToList();
        Assert.Equal(13, emails.Count);
        Assert.All(emails, email => Assert.StartsWith("changed-", email, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Composite_typed_and_generated_keys_page_too()
    {
        await using var crm = await CreateAsync();
        var contact = await SavingContract.AddAsync(crm);
        await using var context = crm.NewContext();
        context.AddRange(Enumerable.Range(0, 9).Select(i => new Customer { TenantId = new TenantId($"t{i % 3}"), Name = $"c{i}" }));
        context.AddRange(Enumerable.Range(0, 9).Select(i => new Order { ContactId = contact, Message = $"o{i}" }));
        context.AddRange(Enumerable.Range(0, 9).Select(i => new Versioned { Code = $"v{i}", Secret = $"v{i}" }));
        await context.SaveChangesAsync();
        await using var reading = crm.NewContext();

        var expected = await reading.Customers.AsNoTracking().OrderBy(c => c.TenantId).ThenBy(c => c.Id).Select(c => c.Id).ToListAsync();
        Assert.Equal(expected, (await ToListAsync(reading.RevealEachAsync(reading.Customers.AsNoTracking(), c => c.Name, "test", pageSize: 2))).ConvertAll(r => r.Entity.Id));
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"o{i}"), (await ToListAsync(reading.RevealEachAsync(reading.Orders, o => o.Message, "test", pageSize: 4))).ConvertAll(r => r.Entity.Message!.GetValue()));
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"v{i}"), (await ToListAsync(reading.RevealEachAsync(reading.Versioneds, v => v.Secret, "test", pageSize: 3))).ConvertAll(r => r.Entity.Secret!.GetValue()));
    }

    [Fact]
    public async Task A_value_that_does_not_open_costs_no_other_of_any_page()
    {
        await using var crm = await CreateAsync();
        await FillAsync(crm, 10);
        await crm.Ring.DestroySubjectsAsync(new TenantId("acme"), [new SubjectId("subject-3")]);
        await using var context = crm.NewContext();

        var results = await ToListAsync(context.RevealEachAsync(context.Contacts, c => c.Email, "test", pageSize: 3));

        var failed = Assert.Single(results, result => !result.Succeeded);
        Assert.Equal((10, "subject-3", PrivacyErrorCode.SubjectErased), (results.Count, failed.Entity.SubjectId, failed.Failures[0].Error.Code));
    }

    [Fact]
    public async Task A_cancelled_loop_ends_and_a_page_that_the_audit_refuses_is_not_handed_out()
    {
        await using var crm = await CreateAsync();
        await FillAsync(crm, 6);
        await using var context = crm.NewContext();
        using var stop = new CancellationTokenSource();
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in context.RevealEachAsync(context.Contacts, c => c.Email, "test", pageSize: 4).WithCancellation(stop.Token))
            {
                seen++;
                await stop.CancelAsync();
            }
        });
        Assert.Equal(1, seen);

        seen = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var result in context.RevealEachAsync(context.Contacts.AsNoTracking(), c => c.Email, "test", pageSize: 4))
            {
                seen++;
                crm.Audit.Failure = new InvalidOperationException("The log is full.");
            }
        });
        Assert.Equal(4, seen);
    }

    [Fact]
    public async Task What_cannot_be_paged_or_revealed_is_refused()
    {
        await using var crm = await CreateAsync();
        await using var context = crm.NewContext();
        Assert.Throws<ArgumentException>(() => context.RevealEachAsync(context.Contacts.OrderBy(c => c.Title).AsNoTracking(), c => c.Email, "test"));
        Assert.Throws<ArgumentException>(() => context.RevealEachAsync(context.Contacts, c => c.Email, " "));
        Assert.Throws<ArgumentOutOfRangeException>(() => context.RevealEachAsync(context.Contacts, c => c.Email, "test", 0));
        Assert.Throws<ArgumentException>(() => context.RevealEachAsync(context.Contacts.Select(c => new Draft { Text = c.Title }), c => c, "test"));
        await Assert.ThrowsAsync<ArgumentException>(() => ToListAsync(context.RevealEachAsync(context.Contacts, c => c.Title, "test")));

        Assert.Throws<ArgumentException>(() => context.RevealEachAsync(context.Contacts.Take(3), c => c.Email, "test")); // and which three?

        await FillAsync(crm, 5);
        Assert.Equal(3, (await ToListAsync(context.RevealEachAsync(context.Contacts.OrderBy(c => c.Title).Take(3), c => c.Email, "test", 2))).Count); // the order says which
    }

    private static async Task FillAsync(CrmDatabase crm, int count)
    {
        await using var context = crm.NewContext();
        context.AddRange(Enumerable.Range(0, count).Select(i => new Contact { Email = $"p{i}@example.com", SubjectId = $"subject-{i}", Title = $"{i:D3}" }));
        await context.SaveChangesAsync();
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private sealed class Draft
    {
        public string Text { get; set; } = "";
    }
}
