using Abm.Privacy.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class FileDataKeyStoreTests : DataKeyStoreContract, IDisposable
{
    private static readonly DataKeyOwner Jane = DataKeyOwner.ForSubject(TestKeys.Jane);
    private static readonly DataKeyOwner Omar = DataKeyOwner.ForSubject(TestKeys.Omar);
    private const string UnlockedFolder = "ABM_PRIVACY_TEST_UNLOCKED_FOLDER";
    private static readonly string[] OneTest = ["-method", "*.Only_a_process_with_file_locks_may_write"];
    private readonly TemporaryFolder _folder = new();

    private string Log => Directory.GetFiles(_folder.Path, "data-keys.*.log").Single();

    private string Head => _folder.File("data-keys.head");

    [Fact]
    public async Task Another_store_over_the_folder_sees_what_this_one_stored_and_destroyed()
    {
        var (mine, theirs) = (Create(), Create());
        var key = NewKey(Jane);

        await mine.AddAsync(TestKeys.Tenant, [key], CancellationToken.None);
        Assert.Equal(Describe(key), Describe(await FindOneAsync(theirs, Jane)));
        await theirs.AddAsync(TestKeys.Tenant, [NewKey(Omar)], CancellationToken.None);
        await theirs.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None);

        Assert.Equal(KeyState.Destroyed, (await FindOneAsync(mine, Jane)).State);
        Assert.Equal(KeyState.Active, (await FindOneAsync(mine, Omar)).State);
    }

    [Fact]
    public async Task Several_stores_over_one_folder_lose_nothing_and_end_with_one_key_for_a_subject()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => Create()).ToList();

        await Task.WhenAll(stores.Select((store, writer) => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                await store.AddAsync(TestKeys.Tenant, [NewKey(Owner($"{writer}-{i}")), NewKey(Owner($"shared-{i}"))], CancellationToken.None);
            }
        })));

        var owners = Enumerable.Range(0, 25).SelectMany(i => Enumerable.Range(0, 4).Select(w => $"{w}-{i}").Append($"shared-{i}")).Select(Owner).ToList();
        Assert.Equal(125, (await Create().FindAsync(TestKeys.Tenant, owners, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task The_wrapped_key_of_a_destroyed_subject_is_gone_from_every_file()
    {
        var store = Create();
        var key = NewKey(Jane);
        await store.AddAsync(TestKeys.Tenant, [key, NewKey(Omar)], CancellationToken.None);

        await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None);

        var wrapped = Convert.ToBase64String(key.Wrapped.Span);
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            Assert.DoesNotContain(wrapped, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fences_and_messages_set_aside_survive_a_restart_and_a_rewrite()
    {
        var key = NewKey(Jane);
        await Create().AddAsync(TestKeys.Tenant, [key, NewKey(Omar)], CancellationToken.None);
        await Create().ReserveMessagesAsync(TestKeys.Tenant, [new(Jane, 1)], 42, CancellationToken.None);
        await Create().FenceAsync(TestKeys.Tenant, key.WrappedBy!.Value, CancellationToken.None);

        await Create().DestroyAsync(TestKeys.Tenant, [Omar], CancellationToken.None);

        Assert.Equal(42, (await FindOneAsync(Create(), Jane)).MessagesReserved);
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await Create().AddAsync(
            TestKeys.Tenant, [NewKey(Owner("third"), wrappedBy: key.WrappedBy)], CancellationToken.None));
        Assert.Equal(PrivacyErrorCode.TenantKeyRetired, error.Code);
    }

    [Fact]
    public async Task Setting_messages_aside_again_and_again_does_not_make_the_file_grow_without_bound()
    {
        var store = Create();
        var owners = Enumerable.Range(0, 50).Select(i => Owner($"s-{i}")).ToList();
        await store.AddAsync(TestKeys.Tenant, [.. owners.Select(owner => NewKey(owner))], CancellationToken.None);
        await store.DestroyAsync(TestKeys.Tenant, [owners[0]], CancellationToken.None);

        for (var i = 0; i < 100; i++)
        {
            await store.ReserveMessagesAsync(TestKeys.Tenant, [.. owners.Select(owner => new DataKeyVersion(owner, 1))], 10, CancellationToken.None);
            Assert.True(new FileInfo(Log).Length < 400_000, $"{new FileInfo(Log).Length:N0} bytes");
        }

        var found = await Create().FindAsync(TestKeys.Tenant, owners, CancellationToken.None);
        Assert.All(found, key => Assert.Equal(1_000, key.MessagesReserved));
        Assert.Single(found, key => key.State == KeyState.Destroyed);
    }

    [Fact]
    public async Task A_log_that_was_cut_anywhere_is_reported_and_left_as_it_is()
    {
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane), NewKey(Omar)], CancellationToken.None);
        var whole = await File.ReadAllBytesAsync(Log);
        for (var length = 0; length < whole.Length; length += 7)
        {
            await File.WriteAllBytesAsync(Log, whole[..length]);

            Assert.Equal(PrivacyErrorCode.KeyStoreDamaged, await CodeOfReadAsync());
            Assert.Equal(PrivacyErrorCode.KeyStoreDamaged, await CodeOfWriteAsync());
            Assert.Equal(length, new FileInfo(Log).Length);
        }

        await File.WriteAllBytesAsync(Log, whole);
        Assert.Equal(KeyState.Active, (await FindOneAsync(Create(), Jane)).State);
    }

    [Fact]
    public async Task An_altered_byte_anywhere_in_the_log_is_reported()
    {
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane), NewKey(Omar)], CancellationToken.None);
        var whole = await File.ReadAllBytesAsync(Log);
        for (var position = 0; position < whole.Length; position++)
        {
            var altered = whole.ToArray();
            altered[position] ^= 1;
            await File.WriteAllBytesAsync(Log, altered);

            Assert.True(await CodeOfReadAsync() == PrivacyErrorCode.KeyStoreDamaged, $"byte {position}");
        }
    }

    [Fact]
    public async Task A_record_that_was_taken_out_or_moved_is_reported()
    {
        foreach (var owner in (DataKeyOwner[])[Jane, Omar, Owner("third")])
        {
            await Create().AddAsync(TestKeys.Tenant, [NewKey(owner)], CancellationToken.None);
        }

        var lines = await File.ReadAllLinesAsync(Log);
        foreach (var other in (string[][])[[lines[0], lines[2]], [lines[1], lines[0], lines[2]], [lines[0], lines[1], lines[1]]])
        {
            await File.WriteAllTextAsync(Log, string.Join('\n', other) + "\n");

            Assert.Equal(PrivacyErrorCode.KeyStoreDamaged, await CodeOfReadAsync());
        }
    }

    [Fact]
    public async Task A_missing_or_unreadable_head_is_reported()
    {
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);

        foreach (var content in (string?[])[null, "", "{}", "{\"format\":1}", "{\"format\":1,\"generation\":\"../x\",\"length\":0,\"chain\":\"\"}", "not json"])
        {
            File.Delete(Head);
            if (content is not null)
            {
                await File.WriteAllTextAsync(Head, content);
            }

            Assert.Equal(PrivacyErrorCode.KeyStoreDamaged, await CodeOfReadAsync());
        }
    }

    [Fact]
    public async Task A_missing_log_is_reported()
    {
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        File.Delete(Log);

        Assert.Equal(PrivacyErrorCode.KeyStoreDamaged, await CodeOfReadAsync());
    }

    [Fact]
    public async Task What_a_crash_left_torn_behind_the_head_is_cut_off_by_the_next_write()
    {
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        await File.AppendAllTextAsync(Log, "00112233445566778899aabbccddeeff {\"tenant\":\"acme\",\"usa");

        Assert.Equal(KeyState.Active, (await FindOneAsync(Create(), Jane)).State);
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Omar)], CancellationToken.None);

        Assert.Equal(KeyState.Active, (await FindOneAsync(Create(), Omar)).State);
        Assert.DoesNotContain("00112233445566778899aabbccddeeff", await File.ReadAllTextAsync(Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_a_crash_left_whole_behind_the_head_is_kept()
    {
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var head = await File.ReadAllBytesAsync(Head);
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Omar)], CancellationToken.None);
        await File.WriteAllBytesAsync(Head, head); // as if the process had died between the log and the head

        Assert.Empty(await Create().FindAsync(TestKeys.Tenant, [Omar], CancellationToken.None)); // not acknowledged: nobody sees it yet
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Owner("third"))], CancellationToken.None);
        Assert.Equal(KeyState.Active, (await FindOneAsync(Create(), Omar)).State);
    }

    [Fact]
    public async Task A_change_of_several_keys_that_a_crash_cut_anywhere_is_made_whole_or_not_at_all()
    {
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var first = await FindOneAsync(Create(), Jane);
        var (head, before) = (await File.ReadAllBytesAsync(Head), new FileInfo(Log).Length);
        await Create().TryChangeAsync(TestKeys.Tenant, [new(first, first with { State = KeyState.DecryptOnly }), new(null, NewKey(Jane, 2))], CancellationToken.None);
        var whole = await File.ReadAllBytesAsync(Log);
        for (var length = before; length <= whole.Length; length += 13)
        {
            await File.WriteAllBytesAsync(Log, whole[..(int)length]);
            await File.WriteAllBytesAsync(Head, head); // as if the process had died between the log and the head
            var store = Create();
            await store.FenceAsync(TestKeys.Tenant, first.KeyId, CancellationToken.None); // any write

            Assert.Equal(KeyState.Active, (await FindOneAsync(store, Jane)).State);
        }

        await File.WriteAllBytesAsync(Log, whole);
        await File.WriteAllBytesAsync(Head, head);
        await Create().FenceAsync(TestKeys.Tenant, first.KeyId, CancellationToken.None);
        var states = (await Create().FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None)).OrderBy(key => key.Version).Select(key => key.State);
        Assert.Equal([KeyState.DecryptOnly, KeyState.Active], states);
    }

    [Fact]
    public async Task What_a_crash_left_of_an_earlier_file_is_removed_by_the_next_write()
    {
        var store = Create();
        var key = NewKey(Jane);
        await store.AddAsync(TestKeys.Tenant, [key], CancellationToken.None);
        var before = await File.ReadAllBytesAsync(Log);
        var path = Log;
        await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None);
        await File.WriteAllBytesAsync(path, before); // as if the process had died before it removed the old file

        Assert.Equal(0, await Create().DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None));

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_folder_that_was_restored_under_a_running_process_is_read_anew()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var backup = Directory.GetFiles(_folder.Path).ToDictionary(file => file, File.ReadAllBytes);
        await store.AddAsync(TestKeys.Tenant, [NewKey(Omar)], CancellationToken.None);
        await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None);

        Array.ForEach(Directory.GetFiles(_folder.Path), File.Delete);
        foreach (var (file, content) in backup)
        {
            await File.WriteAllBytesAsync(file, content);
        }

        Assert.Equal(KeyState.Active, (await FindOneAsync(store, Jane)).State);
        Assert.Empty(await store.FindAsync(TestKeys.Tenant, [Omar], CancellationToken.None));
        await store.AddAsync(TestKeys.Tenant, [NewKey(Omar)], CancellationToken.None);
        Assert.Equal(KeyState.Active, (await FindOneAsync(Create(), Omar)).State);
    }

    [Fact]
    public async Task A_log_that_was_restored_shorter_under_a_running_process_is_read_anew()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var (log, head) = (await File.ReadAllBytesAsync(Log), await File.ReadAllBytesAsync(Head));
        await store.AddAsync(TestKeys.Tenant, [NewKey(Omar)], CancellationToken.None);

        await File.WriteAllBytesAsync(Log, log);
        await File.WriteAllBytesAsync(Head, head);

        Assert.Empty(await store.FindAsync(TestKeys.Tenant, [Omar], CancellationToken.None));
        Assert.Equal(KeyState.Active, (await FindOneAsync(store, Jane)).State);
    }

    [Fact]
    public async Task A_reader_beside_the_first_writer_never_sees_a_damaged_store()
    {
        for (var round = 0; round < 200; round++)
        {
            using var folder = new TemporaryFolder();
            var (writer, reader) = (new FileDataKeyStore(folder.Path), new FileDataKeyStore(folder.Path));
            var write = Task.Run(async () => await writer.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None));
            while (!write.IsCompleted)
            {
                await reader.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None);
            }

            await write;
            Assert.Single(await reader.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_record_of_a_later_version_is_reported_every_time()
    {
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        var chain = new KeyLogChain();
        var line = chain.Append("""{"tenant":"acme","usage":"field","subject":"x","version":1,"keyId":"00","state":"quarantined"}"""u8);
        await File.WriteAllBytesAsync(Log, line);
        await File.WriteAllBytesAsync(Head, (KeyLogHead.TryParse(await File.ReadAllBytesAsync(Head))! with { Length = line.Length, Chain = chain.Value }).ToJson());
        var store = Create();

        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<PrivacyException>(async () => await store.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
            Assert.Equal(PrivacyErrorCode.KeyStoreDamaged, error.Code);
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_an_error_that_names_it()
    {
        var file = _folder.File("no-folder");
        await File.WriteAllTextAsync(file, "");

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await new FileDataKeyStore(file).AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_write_leaves_memory_as_the_file_is()
    {
        var store = Create();
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        Directory.CreateDirectory(Head + ".tmp"); // the head cannot be written any more

        await Assert.ThrowsAsync<PrivacyException>(async () => await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
        Assert.Equal(KeyState.Active, (await FindOneAsync(store, Jane)).State);

        Directory.Delete(Head + ".tmp");
        Assert.Equal(1, await store.DestroyAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
    }

    [Fact]
    public async Task Without_file_locks_nothing_is_written()
    {
        // the runtime reads the switch once at its start, so a process of its own is needed: the consumer of this folder is this test assembly
        var run = await ProcessRun.StartAsync(
            Environment.ProcessPath!,
            Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(FileDataKeyStoreTests).Assembly.Location, .. OneTest] : OneTest,
            AppContext.BaseDirectory,
            TimeSpan.FromMinutes(1),
            new Dictionary<string, string> { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1", [UnlockedFolder] = _folder.Path });

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.log"));
    }

    [Fact]
    public async Task Only_a_process_with_file_locks_may_write()
    {
        // started by the test before this one in a process without locks; in every other process locks work
        var folder = Environment.GetEnvironmentVariable(UnlockedFolder);
        if (folder is null)
        {
            Assert.Single(await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None));
            return;
        }

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await new FileDataKeyStore(folder!).AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, error.Code);
        Assert.Contains("locked", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_subject_too_many_is_an_error_that_names_the_database_store_and_adds_nothing()
    {
        var store = new FileDataKeyStore(_folder.Path, maxSubjects: 2);
        await store.AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () =>
            await store.AddAsync(TestKeys.Tenant, [NewKey(Omar), NewKey(Owner("third"))], CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.KeyStoreFull, error.Code);
        Assert.Contains("Abm.Privacy.EntityFrameworkCore", error.Message, StringComparison.Ordinal);
        Assert.Empty(await store.FindAsync(TestKeys.Tenant, [Omar], CancellationToken.None));
        await store.AddAsync(TestKeys.Tenant, [NewKey(Omar), NewKey(DataKeyOwner.ForTenant(KeyUsage.Index))], CancellationToken.None);
        Assert.Equal(100_000, FileDataKeyStore.DefaultMaxSubjects);
    }

    [Fact]
    public async Task The_files_are_readable_by_their_owner_alone()
    {
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);

        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are a Unix matter.");
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        var made = _folder.File("new");
        await new FileDataKeyStore(made).AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
    }

    public void Dispose() => _folder.Dispose();

    protected override IDataKeyStore Create() => new FileDataKeyStore(_folder.Path);

    private static DataKeyOwner Owner(string subject) => DataKeyOwner.ForSubject(new SubjectId(subject));

    private static async Task<StoredDataKey> FindOneAsync(IDataKeyStore store, DataKeyOwner owner) =>
        Assert.Single(await store.FindAsync(TestKeys.Tenant, [owner], CancellationToken.None));

    private async Task<PrivacyErrorCode> CodeOfReadAsync() =>
        (await Assert.ThrowsAsync<PrivacyException>(async () => await Create().FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None))).Code;

    private async Task<PrivacyErrorCode> CodeOfWriteAsync() =>
        (await Assert.ThrowsAsync<PrivacyException>(async () => await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane)], CancellationToken.None))).Code;
}
