using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Encryption;

/// <summary>
/// What became of one value of a batch: the value, or the error that it would have thrown. There is never a value in place of
/// an error. The value is personal data, so it stays out of text, debuggers and JSON.
/// </summary>
/// <typeparam name="T">The value's type.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct DecryptionResult<T>
    where T : class
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly T? _value;

    private readonly PrivacyException? _error;

    private DecryptionResult(T? value, PrivacyException? error) => (_value, _error) = (value, error);

    /// <summary>Whether there is a value. False for the default value of this type.</summary>
    public bool Succeeded => _value is not null;

    /// <summary>Why there is no value; <see cref="PrivacyErrorCode.None"/> if there is one.</summary>
    public PrivacyErrorCode Error => _error?.Code ?? PrivacyErrorCode.None;

    /// <summary>The value.</summary>
    /// <exception cref="PrivacyException">There is none; the error is the one that decrypting the value by itself throws.</exception>
    /// <exception cref="InvalidOperationException">The result was never set.</exception>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public T Value => _value ?? throw (_error is null
        ? new InvalidOperationException("This result was never set.")
        : new PrivacyException(_error.Code, _error.Message, _error));

    /// <summary>Finds out whether there is a value, and takes it.</summary>
    /// <param name="value">The value, or null.</param>
    /// <returns>Whether there is a value.</returns>
    public bool TryGetValue([NotNullWhen(true)] out T? value)
    {
        value = _value;
        return value is not null;
    }

    /// <summary>What happened, without the value.</summary>
    /// <returns><c>[decrypted]</c>, or the error's code.</returns>
    public override string ToString() => Succeeded ? "[decrypted]" : Error.ToString();

    internal static DecryptionResult<T> Of(Func<T> decrypt)
    {
        try
        {
            return new DecryptionResult<T>(decrypt(), null);
        }
        catch (PrivacyException error)
        {
            return new DecryptionResult<T>(null, error);
        }
    }
}
