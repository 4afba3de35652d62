using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

public class SmokeTests
{
    [Fact]
    public async Task It_works()
    {
        await using var crm = await CrmDatabase.CreateAsync(new SqliteDatabase());
        var id = Guid.NewGuid();
        await using (var context = crm.NewContext())
        {
            context.Add(new VipContact { Id = id, Email = "jane@example.com", Assistant = "Omar" });
            var c = new Customer { Name = "ada", Plan = new("gold"), Home = new() { Street = "a" }, Work = new() { Street = "b" }, Profile = new() { Bio = "hi" } };
            c.Geo.Spot = "x";
            c.Devices.Add(new Device { Serial = "1" });
            c.Devices.Add(new Device { Serial = "2" });
            c.Notes.Add(new Note { Text = "n1" });
            context.Add(c);
            context.Add(new Order { ContactId = id, Message = "m" });
            await context.SaveChangesAsync();
        }

        Assert.Equal("jane@example.com", await crm.ReadEmailAsync(id));
        await using (var context = crm.NewContext())
        {
            var c = (await context.RevealAsync(context.Customers, c => c, "test")).GetEntities().Single();
            Assert.Equal("1,2,n1,a,b,hi,x,gold,ada", string.Join(',', c.Devices[0].Serial!.GetValue(), c.Devices[1].Serial!.GetValue(), c.Notes[0].Text!.GetValue(), c.Home!.Street!.GetValue(), c.Work!.Street!.GetValue(), c.Profile!.Bio!.GetValue(), c.Geo.Spot!.GetValue(), c.Plan.Tier!.GetValue(), c.Name.GetValue()));
            Assert.Equal(0, await context.SaveChangesAsync());
            await context.RevealAsync(context.Orders, c => c, "test");
        }
    }
}
