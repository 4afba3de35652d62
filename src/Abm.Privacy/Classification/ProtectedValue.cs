using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Classification;

/// <summary>
/// What <see cref="Protected{T}"/> of every type has in common. It never shows its value in text, a debugger, a log or
/// JSON, and two values are compared by their envelopes alone.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(ProtectedValueJsonConverter))]
public abstract class ProtectedValue
{
    private byte[]? _envelope;

    private protected ProtectedValue(byte[]? envelope) => _envelope = envelope;

    /// <summary>What the value holds.</summary>
    public ProtectedState State => (_envelope, HasClear) switch
    {
        (null, _) => ProtectedState.Pending,
        (_, true) => ProtectedState.Revealed,
        _ => ProtectedState.Sealed,
    };

    /// <summary>The envelope, as it is stored.</summary>
    /// <exception cref="InvalidOperationException">The value is pending: it has no envelope yet.</exception>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlyMemory<byte> Envelope => _envelope ?? throw new InvalidOperationException(
        "The value was assigned and not encrypted yet, so there is nothing to store. Save it through the package that encrypts on saving, or seal it with an encryptor.");

    /// <summary>The type of the clear value.</summary>
    [JsonIgnore]
    public abstract Type ValueType { get; }

    /// <summary>What the clear value was sealed for, so that a move is noticed; known to the encryptor alone.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal object? Binding { get; private protected set; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private protected abstract bool HasClear { get; }

    /// <summary>Whether it is the same value, or both have the same envelope. Clear values are never compared.</summary>
    /// <param name="obj">The other value.</param>
    /// <returns>False for two pending values, even with the same clear value.</returns>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj)
        || (obj is ProtectedValue { _envelope: { } theirs } other && other.GetType() == GetType()
            && _envelope is { } mine && CryptographicOperations.FixedTimeEquals(mine, theirs));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_envelope is null)
        {
            return RuntimeHelpers.GetHashCode(this);
        }

        var hash = default(HashCode);
        hash.AddBytes(_envelope);
        return hash.ToHashCode();
    }

    /// <summary>A placeholder.</summary>
    /// <returns><c>[protected]</c>.</returns>
    public override string ToString() => "[protected]";

    /// <summary>The size of the clear value's binary form.</summary>
    internal abstract int GetClearLength();

    /// <summary>Writes the clear value's binary form.</summary>
    internal abstract void WriteClear(Span<byte> destination);

    /// <summary>Takes the clear value of the envelope that is here.</summary>
    internal abstract void SetClear(ReadOnlySpan<byte> clear, object binding);

    /// <summary>A revealed value with the same clear value and an envelope of its own.</summary>
    internal abstract ProtectedValue WithEnvelope(byte[] envelope, object binding);

    /// <summary>
    /// Replaces the envelope of a value that nobody else has seen yet: a first key that lost the race of two writers.
    /// </summary>
    internal void ReplaceEnvelope(byte[] envelope, object binding) => (_envelope, Binding) = (envelope, binding);
}
