using System.Diagnostics;
using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Masking.Keyed;

// K = HKDF-Expand-SHA-256(root, ctx("abm.privacy/v1/mask-key", tenant, domain, mask, version)) (RFC 5869); one key for each kind of mask.

/// <summary>
/// The secret of keyed masks: who holds it can recognize values in what was masked with it, and can get some of them back.
/// Equal keys give equal tokens and fakes in every table and process; another key gives others. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Masks work as long as the key lives: once it is disposed they throw <see cref="ObjectDisposedException"/> and never write the
/// clear value. A key of one's own comes from <see cref="FromBytes"/>; one of a tenant's key ring from <see cref="MaskingKeyProvider"/>.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class MaskingKey : IDisposable
{
    /// <summary>The domain of a key that was made without one.</summary>
    public const string DefaultDomain = "default";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretKey _root;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly KeyLease? _lease;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Dictionary<DerivedKeyName, IDisposable> _derived = [];

    private readonly string _tenant;
    private readonly Lock _lock = new();
    private volatile bool _disposed;

    private MaskingKey(SecretKey root, KeyLease? lease, string tenant, string domain, int version) =>
        (_root, _lease, _tenant, Domain, Version) = (root, lease, tenant, domain, version);

    internal delegate T Maker<out T>(ReadOnlySpan<byte> key);

    /// <summary>The environment within which a value has one token or fake, such as <c>test-data</c>. Masked values of two domains cannot be linked without the key.</summary>
    public string Domain { get; }

    /// <summary>The version of the key, from 1. It stands in every token.</summary>
    public int Version { get; }

    private static ReadOnlySpan<byte> Label => "abm.privacy/v1/mask-key"u8;

    /// <summary>Creates a key from bytes, which are copied. The caller clears its own copy.</summary>
    /// <param name="key">Exactly <see cref="SecretKey.Size"/> random bytes.</param>
    /// <param name="domain">1 to 128 bytes of UTF-8; see <see cref="Domain"/>. It enters every key: a renamed domain is another domain.</param>
    /// <param name="version">The version of the key, from 1.</param>
    /// <returns>The key, to be disposed by the caller.</returns>
    /// <exception cref="ArgumentException">The length is another, every byte is zero, the domain is not valid, or the version is below 1.</exception>
    public static MaskingKey FromBytes(ReadOnlySpan<byte> key, string domain = DefaultDomain, int version = 1)
    {
        OpaqueId.ThrowIfInvalid(domain, nameof(domain));
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        return new MaskingKey(SecretKey.FromBytes(key), null, "", domain, version);
    }

    /// <summary>Makes a key from a tenant's token root; the lease becomes the key's own.</summary>
    internal static MaskingKey FromRoot(KeyLease lease, DataKey root, string domain) =>
        new(root.Key, lease, lease.Tenant.Value, domain, root.Version);

    /// <summary>Zeroes the key and whatever masks derived from it. They cannot be used afterwards.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            foreach (var derived in _derived.Values)
            {
                derived.Dispose();
            }

            if (_lease is null)
            {
                _root.Dispose();
            }
            else
            {
                _lease.Dispose();
            }
        }
    }

    /// <summary>A placeholder.</summary>
    /// <returns><c>[masking key]</c>.</returns>
    public override string ToString() => "[masking key]";

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    /// <summary>The HMAC key of a kind of mask.</summary>
    /// <param name="mask">The kind.</param>
    /// <param name="version">Whatever else makes masks differ: their algorithm, dictionary, range.</param>
    internal HmacKey GetHmac(string mask, string version) => GetOrDerive(mask, version, "", static key => new HmacKey(key));

    /// <summary>The cipher of a kind of mask; its key serves nothing else.</summary>
    /// <param name="mask">The kind, which no HMAC key has.</param>
    /// <param name="version">As for <see cref="GetHmac"/>.</param>
    /// <param name="radix">The number of different characters.</param>
    /// <param name="tweak">What tells the permutations of one key apart.</param>
    internal Ff1 GetFf1(string mask, string version, int radix, string tweak) =>
        GetOrDerive(mask, version, tweak, key => new Ff1(key, radix, StrictUtf8.Encoding.GetBytes(tweak)));

    private T GetOrDerive<T>(string mask, string version, string third, Maker<T> make)
        where T : class, IDisposable
    {
        lock (_lock)
        {
            ThrowIfDisposed();
            var name = new DerivedKeyName(typeof(T).Name, mask, version, third);
            if (_derived.TryGetValue(name, out var known))
            {
                return (T)known;
            }

            Span<byte> derived = stackalloc byte[SecretKey.Size];
            Derive(mask, version, derived);
            try
            {
                var made = make(derived);
                _derived.Add(name, made);
                return made;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(derived);
            }
        }
    }

    private void Derive(string mask, string version, Span<byte> derived)
    {
        Span<byte> buffer = stackalloc byte[ContextEncoding.GetMaxLength(
            Label.Length, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes)];
        var context = new ContextEncoding(buffer, Label, parts: 4);
        context.Add(_tenant);
        context.Add(Domain);
        context.Add(mask);
        context.Add(version);
        var use = _lease?.Use();
        try
        {
            _root.Derive(context.Written, derived);
        }
        finally
        {
            use?.Release();
        }
    }
}
