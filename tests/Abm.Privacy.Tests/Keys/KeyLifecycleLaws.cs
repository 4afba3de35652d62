using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Keys;

/// <summary>
/// Any sequence of lifecycle operations by two processes on two tenants with the same subject ids: a value is readable exactly
/// if its key version is live, one version is active, and the other tenant's rows stay as they were to the byte.
/// </summary>
public class KeyLifecycleLaws
{
    private static readonly int Cases = Soak.IsOn ? 2_000 : 60;
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithEndSize(40).WithReplay(20260305, 13);

    private static readonly Gen<Step> Steps =
        from operation in Gen.Elements("write", "write", "write", "rotate", "disable", "enable", "shred", "readmit", "rotate tenant", "rewrap", "close")
        from process in Gen.Choose(0, 1)
        from tenant in Gen.Choose(0, 1)
        from subject in Gen.Choose(0, 2)
        from version in Gen.Choose(0, 5)
        select new Step(operation, process, tenant, subject, version);

    [Fact]
    public void Every_value_is_readable_exactly_if_its_key_version_is_live() => Check.One(
        Fixed, Prop.ForAll(Arb.From(Gen.ListOf(Steps)), steps => HoldsAsync([.. steps]).GetAwaiter().GetResult()));

    private static async Task<bool> HoldsAsync(Step[] steps)
    {
        using var world = new World();
        foreach (var step in steps)
        {
            if (!await world.HoldsAfterAsync(step))
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Step(string Operation, int Process, int Tenant, int Subject, int Version);

    private sealed record Value(TenantId Tenant, SubjectId Subject, KeyId Key, FieldContext Context, byte[] Envelope);

    private sealed class World : IDisposable
    {
        private static readonly TenantId[] Tenants = [new("acme"), new("globex")];
        private static readonly SubjectId[] Subjects = [new("s-0"), new("s-1"), new("s-2")];

        private readonly InMemoryDataKeyStore _dataKeys = new();
        private readonly InMemoryTenantKeyStore _tenantKeys = new();
        private readonly VolatileRootKeyProvider _root = new();
        private readonly ManualTime _time = new();
        private readonly KeyRing[] _rings;
        private readonly List<Value> _values = [];

        // what must be true: the state of every version, in order
        private readonly Dictionary<(TenantId Tenant, SubjectId Subject), List<(KeyId Key, KeyState State)>> _expected = [];

        public World() => _rings = [.. Enumerable.Range(0, 2).Select(_ => TestKeys.Ring(_dataKeys, _tenantKeys, _root, _time))];

        public async Task<bool> HoldsAfterAsync(Step step)
        {
            var (tenant, other, subject, ring) = (Tenants[step.Tenant], Tenants[1 - step.Tenant], Subjects[step.Subject], _rings[step.Process]);
            var before = await RowsAsync(other);
            await RunAsync(step, tenant, subject, ring);
            if (!await StatesHoldAsync(tenant, subject) || !await ValuesHoldAsync(ring))
            {
                return false;
            }

            _time.Advance(TimeSpan.FromSeconds(60)); // the other process's cache entries end
            return await ValuesHoldAsync(_rings[1 - step.Process]) && before == await RowsAsync(other);
        }

        public void Dispose()
        {
            Array.ForEach(_rings, ring => ring.Dispose());
            _root.Dispose();
        }

        private async Task RunAsync(Step step, TenantId tenant, SubjectId subject, KeyRing ring)
        {
            var (lifecycle, owner) = (new KeyLifecycle(ring), DataKeyOwner.ForSubject(subject));
            var versions = _expected.TryGetValue((tenant, subject), out var known) ? known : _expected[(tenant, subject)] = [];
            var (any, erased) = (versions.Count > 0, versions.Count > 0 && versions.TrueForAll(key => key.State == KeyState.Destroyed));
            var at = any ? step.Version % versions.Count : -1;
            var tenantHasKey = _expected.Any(owner => owner.Key.Tenant == tenant && owner.Value.Count > 0);
            switch (step.Operation)
            {
                case "write":
                    var context = new FieldContext(tenant, "crm", "contact", "email", $"r-{_values.Count}");
                    if (await CodeOfAsync(async () => _values.Add(await WriteAsync(ring, subject, context))) is var code and not null)
                    {
                        Assert.True(erased && code == PrivacyErrorCode.SubjectErased);
                    }
                    else
                    {
                        Assert.False(erased);
                        if (!any)
                        {
                            versions.Add((_values[^1].Key, KeyState.Active));
                        }

                        Assert.Equal(versions.Find(key => key.State == KeyState.Active).Key, _values[^1].Key);
                    }

                    break;
                case "rotate":
                    var rotated = await CodeOfAsync(async () => Renew(versions, KeyState.DecryptOnly, await lifecycle.RotateAsync(tenant, owner)));
                    Assert.Equal(!any ? PrivacyErrorCode.KeyUnavailable : erased ? PrivacyErrorCode.SubjectErased : null, rotated);
                    break;
                case "disable" when any:
                    var disabled = await CodeOfAsync(async () => await lifecycle.DisableAsync(tenant, owner, versions[at].Key));
                    Assert.Equal(versions[at].State == KeyState.Destroyed ? PrivacyErrorCode.SubjectErased : null, disabled);
                    if (versions[at].State == KeyState.Active)
                    {
                        Renew(versions, KeyState.Disabled, await ActiveAsync(tenant, owner));
                    }
                    else if (disabled is null)
                    {
                        versions[at] = (versions[at].Key, KeyState.Disabled);
                    }

                    break;
                case "enable" when any:
                    var enabled = await CodeOfAsync(async () => await lifecycle.EnableAsync(tenant, owner, versions[at].Key));
                    Assert.Equal(versions[at].State == KeyState.Destroyed ? PrivacyErrorCode.SubjectErased : null, enabled);
                    if (versions[at].State == KeyState.Disabled)
                    {
                        versions[at] = (versions[at].Key, KeyState.DecryptOnly);
                    }

                    break;
                case "shred":
                    Assert.Equal(versions.Count(key => key.State != KeyState.Destroyed), await ring.DestroySubjectsAsync(tenant, [subject]));
                    _expected[(tenant, subject)] = versions.ConvertAll(key => (key.Key, KeyState.Destroyed));
                    break;
                case "readmit":
                    Assert.Equal(erased, await lifecycle.ReadmitSubjectAsync(tenant, subject));
                    if (erased)
                    {
                        versions.Add((await ActiveAsync(tenant, owner), KeyState.Active));
                    }

                    break;
                case "rotate tenant" when tenantHasKey:
                    await lifecycle.RotateTenantKeyAsync(tenant);
                    break;
                case "rewrap" when tenantHasKey:
                    await lifecycle.RewrapDataKeysAsync(tenant, new KeyRewrapOptions { PageSize = 2 });
                    break;
                case "close" when tenantHasKey:
                    await lifecycle.CloseShredEpochAsync(tenant, new KeyRewrapOptions { PageSize = 2 });
                    Assert.Single(await _tenantKeys.FindAsync(tenant, CancellationToken.None), key => key.State != KeyState.Destroyed);
                    break;
            }
        }

        private static void Renew(List<(KeyId Key, KeyState State)> versions, KeyState former, KeyId active)
        {
            var at = versions.FindIndex(key => key.State == KeyState.Active);
            versions[at] = (versions[at].Key, former);
            versions.Add((active, KeyState.Active));
        }

        private static async Task<PrivacyErrorCode?> CodeOfAsync(Func<Task> act)
        {
            try
            {
                await act();
                return null;
            }
            catch (PrivacyException error)
            {
                return error.Code;
            }
        }

        private static async Task<Value> WriteAsync(KeyRing ring, SubjectId subject, FieldContext context)
        {
            var envelope = await new FieldEncryptor(ring).EncryptTextAsync(subject, context, context.Record);
            return new Value(context.Tenant, subject, EnvelopeInfo.TryRead(envelope, out var info) ? info.KeyId : default, context, envelope);
        }

        private async Task<KeyId> ActiveAsync(TenantId tenant, DataKeyOwner owner) =>
            (await _dataKeys.FindAsync(tenant, [owner], CancellationToken.None)).Single(key => key.State == KeyState.Active).KeyId;

        private async Task<bool> StatesHoldAsync(TenantId tenant, SubjectId subject)
        {
            var stored = await _dataKeys.FindAsync(tenant, [DataKeyOwner.ForSubject(subject)], CancellationToken.None);
            var expected = _expected[(tenant, subject)];
            return stored.OrderBy(key => key.Version).Select(key => (key.KeyId, key.State)).SequenceEqual(expected)
                && (expected.Count(key => key.State == KeyState.Active) == 1 || expected.TrueForAll(key => key.State == KeyState.Destroyed))
                && stored.All(key => key.Wrapped.IsEmpty == (key.State == KeyState.Destroyed));
        }

        private async Task<bool> ValuesHoldAsync(KeyRing ring)
        {
            foreach (var value in _values)
            {
                PrivacyErrorCode? expected = _expected[(value.Tenant, value.Subject)].Find(key => key.Key == value.Key).State switch
                {
                    KeyState.Active or KeyState.DecryptOnly => null,
                    KeyState.Destroyed => PrivacyErrorCode.SubjectErased,
                    _ => PrivacyErrorCode.KeyUnavailable,
                };
                var read = "";
                if (await CodeOfAsync(async () => read = await new FieldEncryptor(ring).DecryptTextAsync(value.Subject, value.Context, value.Envelope)) != expected
                    || (expected is null && read != value.Context.Record))
                {
                    return false;
                }
            }

            return true;
        }

        private async Task<string> RowsAsync(TenantId tenant)
        {
            var keys = await _dataKeys.FindAsync(tenant, [.. Subjects.Select(DataKeyOwner.ForSubject)], CancellationToken.None);
            var tenantKeys = await _tenantKeys.FindAsync(tenant, CancellationToken.None);
            return string.Join('\n', keys.Select(DataKeyStoreContract.Describe).Order(StringComparer.Ordinal))
                + string.Join('\n', tenantKeys.OrderBy(key => key.Version).Select(key => $"{key.Version} {key.KeyId} {key.State} {key.MessagesReserved} {Convert.ToHexString(key.Wrapped.Span)}"));
        }
    }
}
