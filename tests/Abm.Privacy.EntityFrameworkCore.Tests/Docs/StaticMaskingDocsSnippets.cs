using Abm.Privacy.EntityFrameworkCore.Masking;
using Abm.Privacy.EntityFrameworkCore.Tests.Masking;
using Abm.Privacy.Masking.Keyed;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Docs;

/// <summary>The code of the section on tables of docs/keyed-masking.md, compiled and run; the documentation tests compare the two.</summary>
public class StaticMaskingDocsSnippets
{
    [Fact]
    public async Task Everything_that_the_section_shows_works()
    {
        await using var productionDatabase = new SqliteFixture();
        await using var testDatabase = new SqliteFixture();
        await using var production = new ShopContext(productionDatabase.OptionsFor<ShopContext>());
        await using var test = new ShopContext(testDatabase.OptionsFor<ShopContext>());
        var ct = TestContext.Current.CancellationToken;
        await production.Database.EnsureCreatedAsync(ct);
        await test.Database.EnsureCreatedAsync(ct);
        production.Add(new Purchase { Person = new Person { Name = "Jane Doe", Email = "jane@acme.test", Born = new DateOnly(1980, 2, 29), Salary = 52_000 }, Buyer = "J. Doe", At = new DateTime(2024, 2, 29), Day = "2024-02-29" });
        await production.SaveChangesAsync(ct);
        using var key = MaskingKey.FromBytes([.. Enumerable.Range(0, 32).Select(value => (byte)value)]);
        var lines = new List<string>();
        IProgress<MaskedCopyProgress>? progress = null;

        #region masked-copy
        var name = new FakeMask(key, "person", FakeTemplate.LongPersonName);
        var dates = new DateShift(key, "dates");
        var copy = new MaskedCopy(production, test)
            .Table<Firm>(firm => firm.Mask(f => f.Code, new FormatPreservingMask(key, "firm.code")).Mask(f => f.Title, new FakeMask(key, "firm", FakeTemplate.Company)))
            .Table<Person>(person => person
                .Keep(p => p.Id, p => p.Salary)
                .Mask(p => p.Name, name, of: p => p.Id)                  // by the person's id: one fake, however the name is spelled
                .Mask(p => p.Email, new FakeMask(key, "contact.email", FakeTemplate.Email, FakeUniqueness.Suffixed))   // a unique column
                .ShiftDates(p => p.Born, dates, subject: p => p.Id)
                .Erase(p => p.Note))
            .Table<Purchase>(purchase => purchase
                .Keep(p => p.Id)
                .Mask(p => p.Buyer, name, of: p => p.PersonId)
                .ShiftDates(p => p.At, dates, subject: p => p.PersonId)
                .ShiftDates(p => p.Day, dates, subject: p => p.PersonId));

        MaskedCopyPlan plan = await copy.PlanAsync(ct);                  // writes nothing
        foreach (var column in plan.Tables.SelectMany(table => table.Columns))
        {
            lines.Add($"{column.Name}: {column.Treatment}, such as {string.Join(", ", column.Examples)}");
        }

        // somebody reads the plan and hands its digest to the run
        MaskedCopyReport report = await copy.RunAsync(plan.Digest, progress, ct);
        #endregion

        Assert.Equal(1, report.Rows["Purchases"]);
        Assert.Equal((await test.People.SingleAsync(ct)).Name, (await test.Purchases.SingleAsync(ct)).Buyer);
        Assert.DoesNotContain(lines, line => line.Contains("Jane", StringComparison.Ordinal));
    }
}
