using Abm.Privacy.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class FileDataKeyStoreTests : DataKeyStoreContract, IDisposable
{
    private static readonly DataKeyOwner Jane = DataKeyOwner.ForSubject(TestKeys.Jane);
    private static readonly DataKeyOwner Omar = DataKeyOwner.ForSubject(TestKeys.Omar);
    private readonly TemporaryFolder _folder = new();

    private string Log => Directory.GetFiles(_folder.Path, "data-keys.*.log").Single();

    private string Head => _folder.File("data-keys.head");

    [Fact]
    public async Task Another_process_sees_what_this_one_stored_and_destroyed()
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
    public async Task Writers_in_several_processes_lose_nothing()
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
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Jane), NewKey(Omar), NewKey(Owner("third"))], CancellationToken.None);
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

        foreach (var content in (string?[])[null, "", "{}", "{\"format\":1}", "not json"])
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

        Assert.Equal(KeyState.Active, (await FindOneAsync(Create(), Omar)).State);
        await Create().AddAsync(TestKeys.Tenant, [NewKey(Owner("third"))], CancellationToken.None);
        Assert.Equal(KeyState.Active, (await FindOneAsync(Create(), Omar)).State);
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
