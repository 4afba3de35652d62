using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.TestHost;
using Abm.Privacy.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Maintenance;

/// <summary>Processes that are killed while they encrypt rows anew or forget people, on SQLite.</summary>
public sealed class KilledMaintenanceTests : IDisposable
{
    private const int People = 120;

    private static readonly int Kills = Soak.IsOn ? 100 : 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        ClearPool();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_rewrap_that_is_killed_anywhere_loses_nothing_and_is_finished_by_the_next()
    {
        await FillAsync();
        await KillAnywhereAsync("rewrap", RotateAsync, async () =>
        {
            await using var services = Services();
            await AssertAsync(services, erasedUpTo: 0);
            var left = await RewrapAsync(services, dryRun: true);

            // its place is that of the last page whose rows are stored, and the next run counts on from there
            var source = Source(services);
            var reached = await source.FindJobAsync("people", default);
            if (reached?.IsComplete == true && left == People)
            {
                reached = null; // killed before it began: this is the end of the run before
            }

            Assert.Equal(People - left, reached?.Records ?? 0);
            var finished = await Rewrapper(services).RewrapAsync(source, new RewrapSettings { PageSize = 10, Job = "people" });
            Assert.Equal((People, reached?.IsComplete == true ? 0 : People, true), (finished.Records, finished.Rewrapped, finished.IsComplete));
            Assert.Equal(0, await RewrapAsync(services, dryRun: true));
            await AssertAsync(services, erasedUpTo: 0);
            return left is > 0 and < People;
        });
    }

    [Fact]
    public async Task A_shred_that_is_killed_anywhere_leaves_people_whole_or_without_keys_and_the_next_completes_it()
    {
        await FillAsync();
        var pristine = Directory.EnumerateFiles(_folder.Path).ToDictionary(file => file, File.ReadAllBytes);
        await KillAnywhereAsync(
            "shred",
            () =>
            {
                ClearPool();
                foreach (var file in Directory.EnumerateFiles(_folder.Path))
                {
                    File.Delete(file);
                }

                foreach (var (file, bytes) in pristine)
                {
                    File.WriteAllBytes(file, bytes);
                }

                return Task.CompletedTask;
            },
            async () =>
            {
                await using var services = Services();
                var keys = await services.GetRequiredService<IDataKeyStore>().FindAsync(
                    SearchDatabase.Acme, [.. Enumerable.Range(0, People).Select(i => DataKeyOwner.ForSubject(new SubjectId($"s-{i}")))], default);
                Assert.All(keys, key => Assert.Equal(key.State == KeyState.Destroyed, key.Wrapped.IsEmpty));
                var shredded = keys.Count(key => key.State == KeyState.Destroyed);

                // at most the last of them may still have index values, and whoever finishes the work takes those
                if (shredded > 0)
                {
                    await services.GetRequiredService<IDerivedArtefactSource>().EraseAsync(SearchDatabase.Acme, new SubjectId($"s-{shredded - 1}"), default);
                }

                await AssertAsync(services, shredded);
                return shredded is > 0 and < People;
            },
            $"{People}");
    }

    private async Task KillAnywhereAsync(string operation, Func<Task> prepareAsync, Func<Task<bool>> checkAndFinishAsync, params string[] arguments)
    {
        var (steps, partial) = (0, 0);

        // a few more where a busy machine let every one of them end before it was killed
        for (var point = 0; point <= Kills || (partial == 0 && point < 10 * Kills); point++)
        {
            await prepareAsync();
            ClearPool();
            using var process = Start(operation, arguments);
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
            if (point == 0)
            {
                while (await process.StandardOutput.ReadLineAsync() is "step")
                {
                    steps++;
                }
            }
            else
            {
                for (var step = (int)(steps * Fraction(operation, point)); step > 0; step--)
                {
                    await process.StandardOutput.ReadLineAsync();
                }

                await Task.Delay(TimeSpan.FromMilliseconds(8 * Fraction(operation, -point)));
                process.Kill(); // SIGKILL: it does nothing more
            }

            await process.WaitForExitAsync();
            partial += await checkAndFinishAsync() ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{operation}: {Kills} kills, {partial} of them at work.");
        Assert.True(partial > 0, "no kill met the operation at work");
    }

    private Process Start(string operation, string[] arguments)
    {
        // …/bin/<configuration>/<framework>/: the host was built beside the tests in the same configuration
        const string Name = "Abm.Privacy.EntityFrameworkCore.TestHost";
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var tests = built.Parent!.Parent!.Parent!.Parent!.FullName;
        var assembly = Path.Combine(tests, "hosts", Name, "bin", built.Parent.Name, built.Name, $"{Name}.dll");
        return Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly, _folder.Path, operation, .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
    }

    private ServiceProvider Services() => new ServiceCollection()
        .AddDbContextFactory<SearchContext>((provider, options) => options.UseSqlite(ConnectionString).UseAbmPrivacy(provider))
        .AddAbmPrivacy(privacy => privacy
            .AddEncryption(keys => keys.UseRootKeyProvider(_ => new FileRoot(_folder.File("root.key"))).UseKeyFolder(_folder.File("keys")).UseDatabase<SearchContext>())
            .AddEntityArtefacts<SearchContext>())
        .BuildServiceProvider();

    /// <summary>Of this test's file alone: other tests run beside it.</summary>
    private void ClearPool()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    private string ConnectionString => $"Data Source={_folder.File("test.db")}";

    private async Task FillAsync()
    {
        FileRoot.Create(_folder.File("root.key"));
        await using var services = Services();
        await using var context = services.GetRequiredService<IDbContextFactory<SearchContext>>().CreateDbContext();
        await context.Database.EnsureCreatedAsync();
        context.AddRange(Enumerable.Range(0, People).Select(i => new Person { Email = $"p{i}@example.com", SubjectId = $"s-{i}", Title = $"{i}" }));
        await context.SaveChangesAsync();
        await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        ClearPool();
    }

    private async Task RotateAsync()
    {
        await using var services = Services();
        var lifecycle = services.GetRequiredService<KeyLifecycle>();
        await lifecycle.RotateAsync(SearchDatabase.Acme, DataKeyOwner.ForTenant(KeyUsage.Index));
    }

    private static EntityRewrapSource<Person> Source(ServiceProvider services) =>
        new(services.GetRequiredService<IDbContextFactory<SearchContext>>().CreateDbContext, SearchDatabase.Acme) { RenewIndexes = true };

    private static Rewrapper Rewrapper(ServiceProvider services) =>
        new(services.GetRequiredService<KeyRing>(), services.GetRequiredService<IFieldEncryptor>(), TimeProvider.System);

    private static async Task<long> RewrapAsync(ServiceProvider services, bool dryRun)
    {
        var report = await Rewrapper(services).RewrapAsync(Source(services), new RewrapSettings { DryRun = dryRun });
        Assert.Equal((true, 0, 0), (report.IsComplete, report.Failed, report.Conflicts));
        return report.Stale;
    }

    /// <summary>People before the number are forgotten, and everybody else is found and read.</summary>
    private static async Task AssertAsync(ServiceProvider services, int erasedUpTo)
    {
        await using var context = services.GetRequiredService<IDbContextFactory<SearchContext>>().CreateDbContext();
        var people = await context.People.AsNoTracking().ToListAsync();
        Assert.Equal(People, people.Count);
        foreach (var result in await context.RevealAsync(people, p => p.Email, "test"))
        {
            var number = int.Parse(result.Entity.Title, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(number >= erasedUpTo, result.Succeeded);
            Assert.Equal(number >= erasedUpTo ? $"p{number}@example.com" : null, result.Succeeded ? result.Entity.Email!.GetValue() : null);
        }

        Assert.Equal(People - erasedUpTo, await context.People.CountAsync(p => EF.Property<byte[]?>(p, "Email_email_eq") != null));
        for (var i = erasedUpTo; i < People; i += 17)
        {
            Assert.Single(await context.People.AsNoTracking().WhereProtected(context, SearchDatabase.Acme, p => p.Email, $"p{i}@example.com").ToVerifiedListAsync("test"));
        }
    }

    private static double Fraction(string seed, int point) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {point}"))) / (double)uint.MaxValue;
}
