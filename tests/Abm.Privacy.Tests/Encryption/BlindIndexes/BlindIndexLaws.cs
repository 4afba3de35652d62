using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

/// <summary>What holds for every index and value, on generated ones. The seed is fixed.</summary>
public sealed class BlindIndexLaws : IDisposable
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20260303, 9);

    /// <summary>Names that would collide if the parts were joined instead of encoded.</summary>
    private static readonly Gen<string> Names = Gen.Elements("a", "b", "ab", "a\n", "a/b", "\0", "email-v1", "a\nemail-v1");

    private static readonly Gen<Spot> Spots =
        from tenant in Names
        from entity in Names
        from field in Names
        from name in Names
        from id in Gen.Elements("a-v1", "a-v2", "b-v1", "a-v1-v1")
        from version in Gen.Choose(1, 3)
        select new Spot(tenant, entity, field, name, id, version);

    private static readonly Gen<string> Texts = Gen.Elements("jane", "Jane ", "JANE DOE", "straße", "STRASSE", "ﬁn", "fin", "Ünal", "U\u0308nal", "σς", "正正", "🦊", "x\u00ADy")
        .ListOf().Where(parts => parts.Count > 0).Select(string.Concat);

    private readonly KeyRing _keys = TestKeys.Ring();

    private BlindIndexer Indexer => new(_keys);

    [Fact]
    public void One_value_at_one_spot_always_gives_one_index_value() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Spots), Arb.From(Texts), (spot, text) => Value(spot, text).SequenceEqual(Value(spot, text))));

    [Fact]
    public void Another_tenant_entity_field_name_transform_or_key_version_gives_another_value() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Spots.Two()), Arb.From(Texts), (spots, text) => spots.Item1 == spots.Item2 == Value(spots.Item1, text).SequenceEqual(Value(spots.Item2, text))));

    [Fact]
    public void Each_part_alone_makes_another_value()
    {
        var spot = new Spot("t", "e", "f", "n", "a-v1", 1);
        Spot[] others =
        [
            spot with { Tenant = "t2" }, spot with { Entity = "e2" }, spot with { Field = "f2" }, spot with { Name = "n2" }, spot with { Id = "a-v2" }, spot with { Version = 2 },
            spot with { Entity = "f", Field = "e" },
        ];

        Assert.Equal(others.Length + 1, others.Append(spot).Select(s => Convert.ToHexString(Value(s, "jane"))).Distinct().Count());
    }

    [Fact]
    public void Indexes_that_share_a_lease_keep_their_keys_apart() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Spots.Two()), Arb.From(Texts), (spots, text) =>
        {
            using var lease = IndexLeases.Of((1, KeyState.Active));
            var (one, other) = (spots.Item1 with { Tenant = "", Version = 1 }, spots.Item2 with { Tenant = "", Version = 1 });
            return one == other == Value(lease, one, text).SequenceEqual(Value(lease, other, text));
        }));

    [Fact]
    public void A_new_version_of_a_transform_never_finds_the_cached_key_of_the_old_one()
    {
        using var lease = IndexLeases.Of((1, KeyState.Active));
        Spot[] spots = [new("", "e", "f", "n", "a-v1", 1), new("", "e", "f", "n", "a-v2", 1), new("", "e", "f", "n\na-v1", "a-v1", 1), new("", "e", "f", "n2", "a-v1", 1)];

        Assert.Equal(spots.Length, spots.Select(spot => Convert.ToHexString(Value(lease, spot, "jane"))).Distinct().Count());
    }

    [Fact]
    public void A_shorter_index_is_the_beginning_of_a_longer_one() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Gen.Choose(8, 256).Two()), Arb.From(Texts), (bits, text) =>
        {
            var (fewer, more) = (Math.Min(bits.Item1, bits.Item2), Math.Max(bits.Item1, bits.Item2));
            var spot = new Spot("t", "e", "f", "n", "a-v1", 1);
            var (shorter, longer) = (Bits(Value(spot, text, fewer)), Bits(Value(spot, text, more)));
            return shorter.Length == (fewer + 7) / 8 * 8 && shorter[..fewer] == longer[..fewer] && !shorter[fewer..].Contains('1', StringComparison.Ordinal);
        }));

    [Fact]
    public void A_value_has_the_index_value_of_its_normal_text() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Texts), text =>
        {
            var transform = BlindIndexTransforms.Text;
            var buffer = new char[transform.GetMaxLength(text)];
            var normal = new string(buffer, 0, transform.Normalize(text, buffer));
            var spot = new Spot("t", "e", "f", "n", "text-v1", 1);
            return normal.Length == 0 || Value(spot, text).SequenceEqual(Value(spot, normal));
        }));

    [Fact]
    public void What_was_stored_is_found_under_every_set_of_live_versions() => Check.One(Fixed, Prop.ForAll(
        Arb.From(Gen.Choose(1, 5)), Arb.From(Gen.Choose(1, 5)), Arb.From(Texts), (storedUnder, active, text) =>
        {
            var index = Index("e", "f", "n", "a-v1");
            using var lease = IndexLeases.Of([.. Enumerable.Range(1, 5).Select(version => (version, version == active ? KeyState.Active : KeyState.DecryptOnly))]);
            using var old = IndexLeases.Of((storedUnder, KeyState.Active));
            var stored = new byte[index.Size];
            Indexer.Compute(old, index, text, stored);
            var tokens = Indexer.TokensFor(lease, index.Find(text));
            return tokens.Count == 5 && tokens.Contains(stored, ByteArrays.Comparer) && index.Find(text).IsMatch(text);
        }));

    public void Dispose() => _keys.Dispose();

    private static BlindIndex<string> Index(string entity, string field, string name, string id, int bits = 128) =>
        new(entity, field, name, new NamedTransform(id), bits);

    private static string Bits(byte[] bytes) => string.Concat(bytes.Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));

    private byte[] Value(Spot spot, string text, int bits = 128)
    {
        using var lease = IndexLeases.Of(new TenantId(spot.Tenant), IndexLeases.Owner, (spot.Version, KeyState.Active));
        return Value(lease, spot, text, bits);
    }

    private byte[] Value(KeyLease lease, Spot spot, string text, int bits = 128)
    {
        var index = Index(spot.Entity, spot.Field, spot.Name, spot.Id, bits);
        var value = new byte[index.Size];
        Indexer.Compute(lease, index, text, value);
        return value;
    }

    private sealed record Spot(string Tenant, string Entity, string Field, string Name, string Id, int Version);

    /// <summary>One normal form under any id, so that the id alone makes the difference.</summary>
    private sealed class NamedTransform(string id) : IBlindIndexTransform<string>
    {
        public string Id => id;

        public long? DomainSize => null;

        public int GetMaxLength(string value) => BlindIndexTransforms.Text.GetMaxLength(value);

        public int Normalize(string value, Span<char> destination) => BlindIndexTransforms.Text.Normalize(value, destination);
    }
}
