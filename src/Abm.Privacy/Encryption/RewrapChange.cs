using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Encryption;

/// <summary>One field's new envelope. It is valid during the call that hands it over.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RewrapChange
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _clear;

    internal RewrapChange(RewrapRecord record, RewrapField field, ReadOnlyMemory<byte> envelope, byte[] clear) =>
        (Record, Field, Envelope, _clear) = (record, field, envelope, clear);

    /// <summary>The record.</summary>
    public RewrapRecord Record { get; }

    /// <summary>The field as it was read; it must be written only if it is still stored so.</summary>
    public RewrapField Field { get; }

    /// <summary>The envelope to be stored.</summary>
    public ReadOnlyMemory<byte> Envelope { get; }

    /// <summary>The clear bytes, for columns that derive from them, such as a blind index. Zeroed after the call.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlyMemory<byte> Clear => _clear;

    /// <summary>The clear value of a protected property, read from <see cref="Clear"/>.</summary>
    /// <typeparam name="T">The type of the property's clear values.</typeparam>
    /// <returns>The value.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.FormatUnknown"/>: the bytes are no value of this type.</exception>
    public T GetValue<T>()
        where T : notnull => ProtectedFormat.Read<T>(_clear);

    internal void Forget() => CryptographicOperations.ZeroMemory(_clear);

    /// <summary>A placeholder.</summary>
    /// <returns>The field's name.</returns>
    public override string ToString() => $"rewrap of {Field.Context}";
}
