using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public class KeyLifecycleTests
{
    private static readonly DataKeyOwner Jane = DataKeyOwner.ForSubject(TestKeys.Jane);
    private static readonly FieldContext Email = new(TestKeys.Tenant, "crm", "contact", "email", "c-1");
    private static readonly string[] Subjects = [.. Enumerable.Range(0, 25).Select(i => $"s-{i}")];

    private readonly InMemoryDataKeyStore _dataKeys = new();
    private readonly InMemoryTenantKeyStore _tenantKeys = new();
    private readonly VolatileRootKeyProvider _root = new();
    private readonly ManualTime _time = new();
    private readonly StoredValues _values = new(TestKeys.Tenant);

    [Fact]
    public async Task A_prepared_rotation_is_known_to_every_process_before_anything_is_written_under_it()
    {
        using var mine = Ring();
        using var other = Ring();
        var lifecycle = new KeyLifecycle(mine);
        var encryptor = new FieldEncryptor(mine);
        await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "before");
        var readyAt = await lifecycle.PrepareRotationAsync(TestKeys.Tenant, Jane);
        using (await other.OpenReadOnlyAsync(TestKeys.Tenant, [TestKeys.Jane]))
        {
            // cached there from now on, the prepared version included
        }

        var active = await lifecycle.RotateAsync(TestKeys.Tenant, Jane);
        var envelope = await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "after");

        Assert.True(EnvelopeInfo.TryRead(envelope, out var info));
        Assert.Equal(active, info.KeyId);
        Assert.Equal("after", await new FieldEncryptor(other).DecryptTextAsync(TestKeys.Jane, Email, envelope));
        Assert.True(readyAt > _time.GetUtcNow());
    }

    [Fact]
    public async Task A_rotated_tenant_key_wraps_new_keys_and_other_rings_keep_working()
    {
        using var mine = Ring();
        using var theirs = Ring();
        await _values.AddAsync(mine, "jane");
        await _values.AssertAllReadableAsync(theirs); // holds the old tenant key from now on

        var id = await new KeyLifecycle(mine).RotateTenantKeyAsync(TestKeys.Tenant);
        await _values.AddAsync(mine, "omar");

        Assert.Equal([(1, KeyState.DecryptOnly), (2, KeyState.Active)], (await TenantKeysAsync()).Select(key => (key.Version, key.State)));
        Assert.Equal(id, (await FindAsync(DataKeyOwner.ForSubject(new SubjectId("omar")))).WrappedBy);
        await _values.AssertAllReadableAsync(theirs);
        await _values.AddAsync(theirs, "lee");
        await _values.AssertAllReadableAsync(mine);
    }

    [Fact]
    public async Task Concurrent_rotations_leave_one_active_tenant_key()
    {
        using var ring = Ring();
        await _values.AddAsync(ring, "jane");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await new KeyLifecycle(ring).RotateTenantKeyAsync(TestKeys.Tenant))));

        var keys = await TenantKeysAsync();
        Assert.Equal(9, keys.Count);
        Assert.Single(keys, key => key.State == KeyState.Active);
        await _values.AssertAllReadableAsync(ring);
    }

    [Fact]
    public async Task A_tenant_without_a_key_has_nothing_to_rotate_or_close()
    {
        using var ring = Ring();
        var lifecycle = new KeyLifecycle(ring);

        Assert.Equal(PrivacyErrorCode.KeyUnavailable, await CodeOf(async () => await lifecycle.RotateTenantKeyAsync(TestKeys.Tenant)));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, await CodeOf(async () => await lifecycle.CloseShredEpochAsync(TestKeys.Tenant)));
        Assert.False(await _tenantKeys.AnyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Data_keys_of_every_usage_and_state_are_wrapped_under_the_active_tenant_key()
    {
        using var ring = Ring();
        var lifecycle = new KeyLifecycle(ring);
        await _values.AddAsync(ring, Subjects);
        await UseEveryUsageAsync(ring);
        var disabled = (await FindAsync(Jane)).KeyId;
        await lifecycle.DisableAsync(TestKeys.Tenant, Jane, disabled);
        await ring.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Omar]);
        var id = await lifecycle.RotateTenantKeyAsync(TestKeys.Tenant);
        var reports = new Reports();

        var dry = await lifecycle.RewrapDataKeysAsync(TestKeys.Tenant, new KeyRewrapOptions { DryRun = true });
        Assert.Equal(dry.Selected, await _dataKeys.CountNotWrappedByAsync(TestKeys.Tenant, id, CancellationToken.None));
        var done = await lifecycle.RewrapDataKeysAsync(TestKeys.Tenant, new KeyRewrapOptions { PageSize = 10 }, reports);

        Assert.Equal((25 + 2 + 4, 0), (dry.Selected, dry.Rewrapped));
        Assert.Equal((dry.Selected, dry.Selected), (done.Selected, done.Rewrapped));
        Assert.Equal([10, 20, 30, 31, 31], reports.All.Select(report => report.Rewrapped));
        Assert.Equal(0, await _dataKeys.CountNotWrappedByAsync(TestKeys.Tenant, id, CancellationToken.None));
        Assert.Equal(0, (await lifecycle.RewrapDataKeysAsync(TestKeys.Tenant)).Rewrapped);
        using var later = Ring();
        await _values.AssertAllReadableAsync(later);
        Assert.Equal(KeyState.Disabled, (await StatesAsync(Jane))[disabled]);
    }

    [Fact]
    public async Task A_cancelled_rewrap_stops_after_a_page_and_resumes()
    {
        using var ring = Ring();
        await _values.AddAsync(ring, Subjects);
        var lifecycle = new KeyLifecycle(ring);
        var id = await lifecycle.RotateTenantKeyAsync(TestKeys.Tenant);
        using var stop = new CancellationTokenSource();
        var reports = new Reports(report =>
        {
            if (report.Rewrapped >= 10)
            {
                stop.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await lifecycle.RewrapDataKeysAsync(TestKeys.Tenant, new KeyRewrapOptions { PageSize = 5 }, reports, stop.Token));

        Assert.Equal(15, await _dataKeys.CountNotWrappedByAsync(TestKeys.Tenant, id, CancellationToken.None));
        await _values.AssertAllReadableAsync(ring);
        Assert.Equal(15, (await lifecycle.RewrapDataKeysAsync(TestKeys.Tenant)).Rewrapped);
    }

    [Fact]
    public async Task A_pause_follows_every_page()
    {
        using var ring = TestKeys.Ring(_dataKeys, _tenantKeys, _root);
        await _values.AddAsync(ring, "a", "b", "c");
        var lifecycle = new KeyLifecycle(ring);
        await lifecycle.RotateTenantKeyAsync(TestKeys.Tenant);
        var start = TimeProvider.System.GetTimestamp();

        await lifecycle.RewrapDataKeysAsync(TestKeys.Tenant, new KeyRewrapOptions { PageSize = 1, Pause = TimeSpan.FromMilliseconds(30) });

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(80));
    }

    [Fact]
    public async Task A_rewrap_beside_changes_and_shreds_of_the_same_keys_ends_and_loses_nothing()
    {
        using var ring = Ring();
        await _values.AddAsync(ring, Subjects);
        await new KeyLifecycle(ring).RotateTenantKeyAsync(TestKeys.Tenant);
        var racing = new RacingDataKeyStore(_dataKeys);
        using var other = TestKeys.Ring(racing, _tenantKeys, _root, _time);

        await new KeyLifecycle(other).RewrapDataKeysAsync(TestKeys.Tenant, new KeyRewrapOptions { PageSize = 10 });

        Assert.True(racing.Lost >= 3);
        Assert.Equal(0, await _dataKeys.CountNotWrappedByAsync(TestKeys.Tenant, (await TenantKeysAsync())[^1].KeyId, CancellationToken.None));
        using var later = Ring();
        Assert.Equal(25 - racing.Lost, (await _values.ReadAsync(later)).Count(answer => answer == "ok"));
    }

    [Fact]
    public async Task A_store_that_fails_in_mid_rewrap_loses_nothing_and_the_work_is_done_by_running_it_again()
    {
        using var ring = Ring();
        await _values.AddAsync(ring, Subjects);
        await new KeyLifecycle(ring).RotateTenantKeyAsync(TestKeys.Tenant);
        foreach (var afterEffect in (bool[])[false, true])
        {
            using var failing = TestKeys.Ring(new FaultyDataKeyStore(_dataKeys, new Faults(6, afterEffect)), _tenantKeys, _root, _time);

            Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, await CodeOf(async () =>
                await new KeyLifecycle(failing).RewrapDataKeysAsync(TestKeys.Tenant, new KeyRewrapOptions { PageSize = 3 })));

            using var later = Ring();
            await _values.AssertAllReadableAsync(later);
        }

        await new KeyLifecycle(ring).RewrapDataKeysAsync(TestKeys.Tenant);
        Assert.Equal(0, await _dataKeys.CountNotWrappedByAsync(TestKeys.Tenant, (await TenantKeysAsync())[^1].KeyId, CancellationToken.None));
    }

    [Fact]
    public async Task Tenant_keys_of_all_tenants_are_wrapped_under_the_current_root_and_the_rest_is_left_alone()
    {
        using var newRoot = new VolatileRootKeyProvider();
        var both = new TwoRoots(newRoot, _root);
        var tenants = Enumerable.Range(0, 7).Select(i => new TenantId($"t-{i}")).ToList();
        using (var old = Ring())
        {
            foreach (var tenant in tenants)
            {
                using var lease = await old.OpenAsync(tenant, [TestKeys.Jane]);
            }

            await new KeyLifecycle(old).RotateTenantKeyAsync(tenants[3]);
        }

        using var ring = TestKeys.Ring(_dataKeys, _tenantKeys, both, _time);
        var lifecycle = new KeyLifecycle(ring);
        Assert.Equal(new KeyRewrapProgress(8, 0, tenants[6]), await lifecycle.RewrapTenantKeysAsync(new KeyRewrapOptions { DryRun = true }));
        using var stop = new CancellationTokenSource();
        KeyRewrapProgress? last = null;
        var reports = new Reports(report =>
        {
            last = report;
            stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await lifecycle.RewrapTenantKeysAsync(new KeyRewrapOptions { PageSize = 2 }, null, reports, stop.Token));
        Assert.Equal(new KeyRewrapProgress(2, 2, tenants[1]), last);

        var done = await lifecycle.RewrapTenantKeysAsync(new KeyRewrapOptions { PageSize = 2 }, last!.LastTenant);

        Assert.Equal(new KeyRewrapProgress(6, 6, tenants[6]), done);
        using var later = TestKeys.Ring(_dataKeys, _tenantKeys, newRoot, _time); // the old root is not needed any more
        foreach (var tenant in tenants)
        {
            using var lease = await later.OpenReadOnlyAsync(tenant, [TestKeys.Jane]);
            Assert.Equal(KeyState.Active, lease.GetActive(Jane).State);
        }

        Assert.Equal(0, (await lifecycle.RewrapTenantKeysAsync()).Selected);
    }

    [Fact]
    public async Task A_rotated_key_encrypts_and_the_one_before_decrypts()
    {
        using var ring = Ring();
        await _values.AddAsync(ring, "subject-jane");
        var first = (await FindAsync(Jane)).KeyId;

        var second = await new KeyLifecycle(ring).RotateAsync(TestKeys.Tenant, Jane);
        await _values.AddAsync(ring, "subject-jane");

        Assert.Equal(KeyState.DecryptOnly, (await StatesAsync(Jane))[first]);
        Assert.Equal(KeyState.Active, (await StatesAsync(Jane))[second]);
        await _values.AssertAllReadableAsync(ring);
        var envelope = await new FieldEncryptor(ring).EncryptAsync(TestKeys.Jane, Email, "x"u8.ToArray());
        Assert.Equal(second, EnvelopeInfo.TryRead(envelope, out var info) ? info.KeyId : default);
    }

    [Fact]
    public async Task Keys_of_the_tenant_itself_rotate_too()
    {
        using var ring = Ring();
        var owner = DataKeyOwner.ForTenant(KeyUsage.Index);
        using (var lease = await ring.OpenOwnersAsync(TestKeys.Tenant, [owner]))
        {
        }

        var id = await new KeyLifecycle(ring).RotateAsync(TestKeys.Tenant, owner);

        using var next = await ring.OpenOwnersReadOnlyAsync(TestKeys.Tenant, [owner]);
        Assert.Equal(id, next.GetActive(owner).Id);
    }

    [Fact]
    public async Task Concurrent_rotations_and_disablings_leave_one_active_version()
    {
        using var ring = Ring();
        await _values.AddAsync(ring, "subject-jane");
        var first = (await FindAsync(Jane)).KeyId;
        var lifecycle = new KeyLifecycle(ring);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            if (i % 2 == 0)
            {
                await lifecycle.RotateAsync(TestKeys.Tenant, Jane);
            }
            else
            {
                await lifecycle.DisableAsync(TestKeys.Tenant, Jane, first);
            }
        })));

        var states = await StatesAsync(Jane);
        Assert.Single(states.Values, KeyState.Active);
        Assert.Equal(KeyState.Disabled, states[first]);
    }

    [Fact]
    public async Task A_disabled_version_serves_nothing_until_it_is_enabled_and_never_encrypts_again()
    {
        using var ring = Ring();
        var lifecycle = new KeyLifecycle(ring);
        await _values.AddAsync(ring, "subject-jane");
        var first = (await FindAsync(Jane)).KeyId;

        await lifecycle.DisableAsync(TestKeys.Tenant, Jane, first);
        await lifecycle.DisableAsync(TestKeys.Tenant, Jane, first);
        Assert.Equal(["KeyUnavailable"], await _values.ReadAsync(ring));
        await _values.AddAsync(ring, "subject-jane"); // a new version took its place
        await lifecycle.EnableAsync(TestKeys.Tenant, Jane, first);
        await lifecycle.EnableAsync(TestKeys.Tenant, Jane, first);

        await _values.AssertAllReadableAsync(ring);
        var states = await StatesAsync(Jane);
        Assert.Equal(KeyState.DecryptOnly, states[first]);
        Assert.Equal(2, states.Count);
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, await CodeOf(async () => await lifecycle.DisableAsync(TestKeys.Tenant, Jane, default)));
    }

    [Fact]
    public async Task A_disabled_version_serves_no_other_process_once_its_cache_entries_end()
    {
        using var mine = Ring();
        using var theirs = Ring();
        await _values.AddAsync(mine, "subject-jane");
        await _values.AssertAllReadableAsync(theirs);

        await new KeyLifecycle(mine).DisableAsync(TestKeys.Tenant, Jane, (await FindAsync(Jane)).KeyId);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(["KeyUnavailable"], await _values.ReadAsync(theirs));
    }

    [Fact]
    public async Task A_change_of_a_key_under_a_fenced_tenant_key_takes_it_along_to_the_active_one()
    {
        using var ring = Ring();
        using var stale = Ring();
        await _values.AddAsync(ring, "subject-jane");
        await _values.AssertAllReadableAsync(stale);
        var old = (await FindAsync(Jane)).WrappedBy!.Value;
        var current = await new KeyLifecycle(ring).RotateTenantKeyAsync(TestKeys.Tenant);
        await _dataKeys.FenceAsync(TestKeys.Tenant, old, CancellationToken.None);

        await new KeyLifecycle(stale).RotateAsync(TestKeys.Tenant, Jane); // its cached tenant keys are the old ones

        Assert.All(await _dataKeys.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None), key => Assert.Equal(current, key.WrappedBy));
        await _values.AssertAllReadableAsync(ring);
    }

    [Fact]
    public async Task A_shredded_subject_is_refused_in_every_process_until_it_is_readmitted()
    {
        using var ring = Ring();
        using var other = Ring();
        await _values.AddAsync(ring, "subject-jane");
        await _values.AssertAllReadableAsync(other);
        await ring.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]);
        _time.Advance(TimeSpan.FromSeconds(60));
        using var restarted = Ring();
        foreach (var one in (KeyRing[])[ring, other, restarted])
        {
            Assert.Equal(PrivacyErrorCode.SubjectErased, await CodeOf(() => _values.AddAsync(one, "subject-jane")));
            Assert.Equal(PrivacyErrorCode.SubjectErased, await CodeOf(async () => await new KeyLifecycle(one).RotateAsync(TestKeys.Tenant, Jane)));
        }

        var lifecycle = new KeyLifecycle(ring);
        Assert.False(await lifecycle.ReadmitSubjectAsync(TestKeys.Tenant, TestKeys.Omar)); // never had a key
        Assert.True(await lifecycle.ReadmitSubjectAsync(TestKeys.Tenant, TestKeys.Jane));
        Assert.False(await lifecycle.ReadmitSubjectAsync(TestKeys.Tenant, TestKeys.Jane));

        var renewed = new StoredValues(TestKeys.Tenant);
        await renewed.AddAsync(ring, "subject-jane");
        _time.Advance(TimeSpan.FromSeconds(60));
        foreach (var one in (KeyRing[])[ring, other, restarted])
        {
            await renewed.AssertAllReadableAsync(one);
            Assert.Equal(["SubjectErased"], await _values.ReadAsync(one));
        }
    }

    [Fact]
    public async Task A_lease_forgets_the_destroyed_key_and_keeps_the_one_of_the_readmission()
    {
        using var ring = Ring();
        using var before = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        await ring.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]);
        await new KeyLifecycle(ring).ReadmitSubjectAsync(TestKeys.Tenant, TestKeys.Jane);
        using var after = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane, TestKeys.Omar]);

        await ring.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Omar]); // makes every lease ask
        await ring.RefreshAsync(TestKeys.Tenant, [TestKeys.Jane]);

        Assert.Equal(PrivacyErrorCode.SubjectErased, Assert.Throws<PrivacyException>(() => before.GetActive(Jane)).Code);
        Assert.Equal(2, after.GetActive(Jane).Version);
        await ring.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]);
        Assert.Equal(PrivacyErrorCode.SubjectErased, Assert.Throws<PrivacyException>(() => after.GetActive(Jane)).Code);
    }

    [Fact]
    public async Task Options_out_of_range_and_ids_that_were_never_set_are_refused()
    {
        using var ring = Ring();
        var lifecycle = new KeyLifecycle(ring);

        var error = await Assert.ThrowsAsync<ArgumentException>(async () =>
            await lifecycle.RewrapDataKeysAsync(TestKeys.Tenant, new KeyRewrapOptions { PageSize = 0, Pause = TimeSpan.FromDays(1) }));
        Assert.Contains("PageSize", error.Message, StringComparison.Ordinal);
        Assert.Contains("Pause", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(async () => await lifecycle.CloseShredEpochAsync(TestKeys.Tenant, new KeyRewrapOptions { DryRun = true }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await lifecycle.RotateAsync(TestKeys.Tenant, default));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await lifecycle.RotateTenantKeyAsync(default));
    }

    private static async Task<PrivacyErrorCode> CodeOf(Func<Task> act) => (await Assert.ThrowsAsync<PrivacyException>(act)).Code;

    private static async Task UseEveryUsageAsync(KeyRing ring)
    {
        DataKeyOwner[] owners =
        [
            Jane, DataKeyOwner.ForSubject(TestKeys.Omar), .. new[] { KeyUsage.Shared, KeyUsage.Index, KeyUsage.Token, KeyUsage.Pseudonym }.Select(DataKeyOwner.ForTenant),
        ];
        using var lease = await ring.OpenOwnersAsync(TestKeys.Tenant, owners);
    }

    private KeyRing Ring() => TestKeys.Ring(_dataKeys, _tenantKeys, _root, _time);

    private async Task<List<StoredTenantKey>> TenantKeysAsync() => [.. (await _tenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None)).OrderBy(key => key.Version)];

    private async Task<StoredDataKey> FindAsync(DataKeyOwner owner) =>
        (await _dataKeys.FindAsync(TestKeys.Tenant, [owner], CancellationToken.None)).Single(key => key.State == KeyState.Active);

    private async Task<Dictionary<KeyId, KeyState>> StatesAsync(DataKeyOwner owner) =>
        (await _dataKeys.FindAsync(TestKeys.Tenant, [owner], CancellationToken.None)).ToDictionary(key => key.KeyId, key => key.State);

    /// <summary>Shreds a key of the page between the reading and the change, a few times.</summary>
    private sealed class RacingDataKeyStore(IDataKeyStore inner) : ForwardingDataKeyStore(inner)
    {
        public int Lost { get; private set; }

        public override async ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken)
        {
            if (Lost < 4)
            {
                Lost++;
                await DestroyAsync(tenant, [changes.First().After.Owner], cancellationToken);
            }

            return await base.TryChangeAsync(tenant, changes, cancellationToken);
        }
    }

    private sealed class Reports(Action<KeyRewrapProgress>? then = null) : IProgress<KeyRewrapProgress>
    {
        public List<KeyRewrapProgress> All { get; } = [];

        public void Report(KeyRewrapProgress value)
        {
            All.Add(value);
            then?.Invoke(value);
        }
    }

    private sealed class TwoRoots(IRootKeyProvider current, IRootKeyProvider previous) : IRootKeyProvider
    {
        public ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken) => current.WrapAsync(tenant, tenantKey, cancellationToken);

        public async ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
            await (await IsWrapperOfAsync(wrapped, cancellationToken) ? current : previous).UnwrapAsync(tenant, keyId, wrapped, cancellationToken);

        public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) => current.IsWrapperOfAsync(wrapped, cancellationToken);
    }
}
