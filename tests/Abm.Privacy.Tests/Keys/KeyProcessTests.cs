using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.TestHost;
using Abm.Privacy.Tests.Support;
using Host = Abm.Privacy.Tests.Support.TestHost;

namespace Abm.Privacy.Tests.Keys;

/// <summary>Several processes over the file stores, some of them killed at work.</summary>
public sealed class KeyProcessTests
{
    private const int Subjects = 250;
    private static readonly string[] Names = [.. Enumerable.Range(0, Subjects).Select(i => $"s-{i}")];
    private static readonly int Kills = Soak.IsOn ? 100 : 4;

    [Fact]
    public async Task A_rewrap_that_is_killed_anywhere_loses_nothing_and_is_finished_by_the_next()
    {
        using var store = new Folder();
        await store.FillAsync();
        await KillAnywhereAsync(
            "rewrap",
            () => new KeyLifecycle(store.Ring).RotateTenantKeyAsync(TestKeys.Tenant).AsTask(),
            async () =>
            {
                using var restarted = new Folder(store);
                await store.Values.AssertAllReadableAsync(restarted.Ring);
                var active = (await restarted.TenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None)).Single(key => key.State == KeyState.Active).KeyId;
                var left = await restarted.DataKeys.CountNotWrappedByAsync(TestKeys.Tenant, active, CancellationToken.None);
                await new KeyLifecycle(restarted.Ring).RewrapDataKeysAsync(TestKeys.Tenant);
                Assert.Equal(0, await restarted.DataKeys.CountNotWrappedByAsync(TestKeys.Tenant, active, CancellationToken.None));
                await store.Values.AssertAllReadableAsync(restarted.Ring);
                return left is > 0 and < Subjects;
            },
            () => store);
    }

    [Fact]
    public async Task An_epochs_close_that_is_killed_anywhere_loses_nothing_and_is_finished_by_the_next()
    {
        using var store = new Folder();
        await store.FillAsync();
        await KillAnywhereAsync(
            "close",
            () => Task.CompletedTask,
            async () =>
            {
                using var restarted = new Folder(store);
                await store.Values.AssertAllReadableAsync(restarted.Ring);
                var unfinished = await LivingAsync() > 1;
                await new KeyLifecycle(restarted.Ring).CloseShredEpochAsync(TestKeys.Tenant);
                Assert.Equal(1, await LivingAsync());
                await store.Values.AssertAllReadableAsync(restarted.Ring);
                return unfinished;

                async Task<int> LivingAsync() =>
                    (await restarted.TenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None)).Count(key => key.State != KeyState.Destroyed);
            },
            () => store);
    }

    [Fact]
    public async Task A_shred_that_is_killed_anywhere_is_whole_for_every_call_that_it_made()
    {
        Folder? store = null;
        await KillAnywhereAsync(
            "shred",
            async () =>
            {
                store?.Dispose();
                store = new Folder();
                await store.FillAsync();
            },
            async () =>
            {
                using var restarted = new Folder(store!);
                var answers = await store!.Values.ReadAsync(restarted.Ring);
                var shredded = answers.Count(answer => answer == nameof(PrivacyErrorCode.SubjectErased));
                Assert.Equal(0, shredded % 5); // a call shreds five, all or none
                Assert.All(answers.Take(shredded), answer => Assert.Equal(nameof(PrivacyErrorCode.SubjectErased), answer));
                Assert.All(answers.Skip(shredded), answer => Assert.Equal("ok", answer));
                foreach (var key in await restarted.DataKeys.FindAsync(TestKeys.Tenant, [.. Names.Select(Owner)], CancellationToken.None))
                {
                    Assert.Equal(key.State == KeyState.Destroyed, key.Wrapped.IsEmpty);
                }

                await restarted.Ring.DestroySubjectsAsync(TestKeys.Tenant, [.. Names.Select(name => new SubjectId(name))]);
                Assert.All(await store.Values.ReadAsync(restarted.Ring), answer => Assert.Equal(nameof(PrivacyErrorCode.SubjectErased), answer));
                return shredded is > 0 and < Subjects;
            },
            () => store!,
            Subjects.ToString(CultureInfo.InvariantCulture));
        store!.Dispose();
    }

    [Fact]
    public async Task An_epoch_closes_beside_four_processes_that_create_subjects_and_every_value_stays_readable()
    {
        using var store = new Folder();
        await store.FillAsync();
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Host.StartAsync(store.Path, TestKeys.Tenant.Value, "create", $"p{i}")));
        var written = new List<string>();
        foreach (var host in hosts)
        {
            written.Add((await host.ReadLineAsync())!); // at work, with the old tenant key in its cache
        }

        var lifecycle = new KeyLifecycle(store.Ring);
        for (var epoch = 0; epoch < (Soak.IsOn ? 20 : 3); epoch++)
        {
            await lifecycle.CloseShredEpochAsync(TestKeys.Tenant);
        }

        Array.ForEach(hosts, host => host.CloseInput());
        foreach (var host in hosts)
        {
            written.AddRange(await host.FinishAsync());
            host.Dispose();
        }

        using var restarted = new Folder(store);
        await store.Values.AssertAllReadableAsync(restarted.Ring);
        await AssertReadableAsync(restarted.Ring, written);
        Assert.True(written.Count > 8, $"only {written.Count} subjects were created");
        Assert.Single(await restarted.TenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None), key => key.State != KeyState.Destroyed);
    }

    [Fact]
    public async Task Two_processes_first_writes_for_the_same_subjects_end_with_one_key_for_each()
    {
        using var store = new Folder();
        var hosts = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Host.StartAsync(store.Path, TestKeys.Tenant.Value, "first")));
        Array.ForEach(hosts, host => host.CloseInput());
        var written = new List<string>();
        foreach (var host in hosts)
        {
            written.AddRange(await host.FinishAsync());
            host.Dispose();
        }

        Assert.Equal(40, written.Count);
        await AssertReadableAsync(store.Ring, written);
        Assert.Equal(20, (await store.DataKeys.FindAsync(TestKeys.Tenant, [.. Enumerable.Range(0, 20).Select(i => Owner($"shared-{i}"))], CancellationToken.None)).Count);
        Assert.Single(await store.TenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None));
    }

    /// <summary>Runs an operation once to its end, for its steps, and then kills it at points that a fixed seed spreads over those.</summary>
    private static async Task KillAnywhereAsync(
        string operation, Func<Task> prepareAsync, Func<Task<bool>> checkAndFinishAsync, Func<Folder> store, params string[] arguments)
    {
        var (steps, partial) = (0, 0);

        // a few more where a busy machine let every one of them end before it was killed
        for (var point = 0; point <= Kills || (partial == 0 && point < 10 * Kills); point++)
        {
            await prepareAsync();
            using var host = await Host.StartAsync([store().Path, TestKeys.Tenant.Value, operation, .. arguments]);
            if (point == 0)
            {
                steps = (await host.FinishAsync()).Count;
            }
            else
            {
                for (var step = (int)(steps * Fraction(operation, point)); step > 0; step--)
                {
                    await host.ReadLineAsync();
                }

                await Task.Delay(TimeSpan.FromMilliseconds(8 * Fraction(operation, -point)));
                await host.KillAsync();
            }

            partial += await checkAndFinishAsync() ? 1 : 0;
        }

        Assert.True(partial > 0, "no kill met the operation at work");
    }

    private static double Fraction(string seed, int point) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {point}"))) / (double)uint.MaxValue;

    private static async Task AssertReadableAsync(KeyRing ring, IEnumerable<string> written)
    {
        foreach (var line in written.Select(line => line.Split(' ')))
        {
            var context = new FieldContext(TestKeys.Tenant, "crm", "contact", "email", $"r-{line[1]}");
            var text = await new FieldEncryptor(ring).DecryptTextAsync(new SubjectId(line[0]), context, Convert.FromHexString(line[2]));
            Assert.Equal($"{line[0]} {line[1]}", text);
        }
    }

    private static DataKeyOwner Owner(string subject) => DataKeyOwner.ForSubject(new SubjectId(subject));

    /// <summary>The file stores of a folder and a ring over them, as one process has them.</summary>
    private sealed class Folder : IDisposable
    {
        private readonly TemporaryFolder? _folder;
        private readonly FileRoot _root;

        public Folder()
        {
            _folder = new TemporaryFolder();
            Path = _folder.Path;
            FileRoot.Create(_folder.File("root.key"));
            (_root, TenantKeys, DataKeys, Ring) = Open(Path);
        }

        /// <summary>Another process over the same folder.</summary>
        public Folder(Folder other)
        {
            Path = other.Path;
            (_root, TenantKeys, DataKeys, Ring) = Open(Path);
        }

        public string Path { get; }

        public FileTenantKeyStore TenantKeys { get; }

        public FileDataKeyStore DataKeys { get; }

        public KeyRing Ring { get; }

        public StoredValues Values { get; } = new(TestKeys.Tenant);

        /// <summary>A value of every subject, their keys made in one call.</summary>
        public async Task FillAsync()
        {
            using var lease = await Ring.OpenAsync(TestKeys.Tenant, [.. Names.Select(name => new SubjectId(name))]);
            await Values.AddAsync(Ring, Names);
        }

        public void Dispose()
        {
            Ring.Dispose();
            TenantKeys.Dispose();
            DataKeys.Dispose();
            _root.Dispose();
            _folder?.Dispose();
        }

        private static (FileRoot Root, FileTenantKeyStore TenantKeys, FileDataKeyStore DataKeys, KeyRing Ring) Open(string path)
        {
            var root = new FileRoot(System.IO.Path.Combine(path, "root.key"));
            var keys = System.IO.Path.Combine(path, "keys");
            var (tenantKeys, dataKeys) = (new FileTenantKeyStore(keys), new FileDataKeyStore(keys));
            return (root, tenantKeys, dataKeys, TestKeys.Ring(dataKeys, tenantKeys, root));
        }
    }
}
