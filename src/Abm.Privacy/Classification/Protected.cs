using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Classification;

/// <summary>
/// The type of a personal property. It loads sealed, costs no cryptography until it is revealed on purpose, and never
/// shows its value in text, a debugger, a log or JSON. Assigning a clear value makes it pending: it is encrypted when it is
/// saved. It is never changed by assignment to another property; equality compares envelopes.
/// </summary>
/// <typeparam name="T">
/// <see cref="string"/>, <see cref="byte"/>[], <see cref="int"/>, <see cref="long"/>, <see cref="decimal"/>,
/// <see cref="DateOnly"/>, <see cref="DateTimeOffset"/> or <see cref="Guid"/>. A missing value is a null reference.
/// </typeparam>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(ProtectedValueJsonConverter))]
public sealed class Protected<T> : ProtectedValue
    where T : notnull
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private volatile StrongBox<T>? _clear;

    private Protected(byte[]? envelope, StrongBox<T>? clear, object? binding = null)
        : base(envelope)
    {
        ProtectedFormat.ThrowIfUnsupported<T>();
        (_clear, Binding) = (clear, binding);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Type ValueType => typeof(T);

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private protected override bool HasClear => _clear is not null;

    /// <summary>Makes a pending value.</summary>
    /// <param name="value">The clear value; null gives null. Bytes are copied.</param>
    /// <exception cref="NotSupportedException">Values of this type cannot be protected.</exception>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    [SuppressMessage("Usage", "CA2225", Justification = "FromValue is the alternative.")]
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator Protected<T>?(T? value) => value is null ? null : FromValue(value);

    /// <summary>Makes a pending value.</summary>
    /// <param name="value">The clear value. Bytes are copied.</param>
    /// <returns>The value, to be encrypted when it is saved.</returns>
    /// <exception cref="NotSupportedException">Values of this type cannot be protected.</exception>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    [SuppressMessage("Design", "CA1000", Justification = "The type argument is the value's own.")]
    public static Protected<T> FromValue(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Protected<T>(null, new StrongBox<T>(ProtectedFormat.Own(value)));
    }

    /// <summary>Makes a sealed value of a stored envelope. Whether it opens shows when it is revealed.</summary>
    /// <param name="envelope">The envelope, copied.</param>
    /// <returns>The value.</returns>
    /// <exception cref="NotSupportedException">Values of this type cannot be protected.</exception>
    [SuppressMessage("Design", "CA1000", Justification = "The type argument is the value's own.")]
    public static Protected<T> FromEnvelope(ReadOnlySpan<byte> envelope) => new(envelope.ToArray(), null);

    /// <summary>The clear value. A method, so that nothing that walks through properties finds it.</summary>
    /// <returns>The value; bytes as a copy.</returns>
    /// <exception cref="InvalidOperationException">The value is sealed.</exception>
    public T GetValue() => _clear is { } clear
        ? ProtectedFormat.Own(clear.Value!)
        : throw new InvalidOperationException("The value is sealed. Reveal it first, on purpose: with RevealAsync of the store's package, or with an encryptor's Reveal.");

    internal override int GetClearLength() => ProtectedFormat.GetLength(Clear);

    internal override void WriteClear(Span<byte> destination) => ProtectedFormat.Write(Clear, destination);

    internal override void SetClear(ReadOnlySpan<byte> clear, object binding)
    {
        var box = new StrongBox<T>(ProtectedFormat.Read<T>(clear));
        Binding = binding;
        _clear = box; // last: whoever sees it sees the binding too
    }

    internal override ProtectedValue WithEnvelope(byte[] envelope, object binding) => new Protected<T>(envelope, new StrongBox<T>(Clear), binding);

    private T Clear => (_clear ?? throw new InvalidOperationException("The value is sealed, so there is nothing to encrypt.")).Value!;
}
