using System.Globalization;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

// dotnet Abm.Privacy.EntityFrameworkCore.TestHost.dll <folder> rewrap | shred <people>
// Prints "ready" when its keys are open, then works and prints "step" after each; prints "done" at the end.
var (folder, operation, acme) = (args[0], args[1], new TenantId("acme"));
using var root = new FileRoot(Path.Combine(folder, "root.key"));
await using var services = new ServiceCollection()
    .AddDbContextFactory<SearchContext>((provider, options) =>
        options.UseSqlite($"Data Source={Path.Combine(folder, "test.db")}").UseAbmPrivacy(provider))
    .AddAbmPrivacy(privacy => privacy
        .AddEncryption(keys => keys.UseRootKeyProvider(_ => root).UseKeyFolder(Path.Combine(folder, "keys")).UseDatabase<SearchContext>())
        .AddEntityArtefacts<SearchContext>())
    .BuildServiceProvider();
var ring = services.GetRequiredService<KeyRing>();
var contexts = services.GetRequiredService<IDbContextFactory<SearchContext>>();
using (await ring.OpenReadOnlyAsync(acme, [new SubjectId("s-0")]))
{
    await using var context = await contexts.CreateDbContextAsync();
    _ = await context.People.FirstAsync();
    Say("ready");
}

switch (operation)
{
    case "rewrap":
        var rewrapper = new Rewrapper(ring, services.GetRequiredService<IFieldEncryptor>(), TimeProvider.System);
        await rewrapper.RewrapAsync(new EntityRewrapSource<Person>(contexts.CreateDbContext, acme) { RenewIndexes = true }, new RewrapSettings { PageSize = 10, Job = "people" }, new Steps());
        break;
    case "shred":
        var artefacts = services.GetRequiredService<IDerivedArtefactSource>();
        for (var i = 0; i < int.Parse(args[2], CultureInfo.InvariantCulture); i++)
        {
            await ring.DestroySubjectsAsync(acme, [new SubjectId($"s-{i}")]);
            await artefacts.EraseAsync(acme, new SubjectId($"s-{i}"), CancellationToken.None);
            Say("step");
        }

        break;
    default:
        throw new ArgumentException($"Unknown operation: {operation}.");
}

Say("done");

static void Say(string line)
{
    Console.Out.WriteLine(line);
    Console.Out.Flush();
}

internal sealed class Steps : IProgress<RewrapReport>
{
    public void Report(RewrapReport value)
    {
        Console.Out.WriteLine("step");
        Console.Out.Flush();
    }
}
