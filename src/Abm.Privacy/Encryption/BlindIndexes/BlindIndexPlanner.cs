using System.Buffers.Binary;
using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// Helps to choose the length of a blind index. Fewer bits let more values share an index value, which hides more from
/// whoever reads the column and costs more candidates that are decrypted in vain.
/// </summary>
public static class BlindIndexPlanner
{
    /// <summary>Fields with fewer different values than this are refused (CipherSweet's lower limit of a population).</summary>
    public const int MinPopulation = 16;

    private const int MaxStackBytes = 1024;

    /// <summary>Advises on a field by its numbers.</summary>
    /// <param name="distinctValues">How many different values there are or will be, in one tenant.</param>
    /// <param name="rows">How many rows there are or will be, in one tenant; not fewer than the different values.</param>
    /// <param name="domainSize">How many values there could be; null where nothing limits them.</param>
    /// <returns>The advice.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the different values are more than the rows or the domain.</exception>
    public static BlindIndexPlan Plan(long distinctValues, long rows, long? domainSize = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(distinctValues, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(distinctValues, rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(distinctValues, domainSize ?? long.MaxValue);
        return new BlindIndexPlan(distinctValues, rows, domainSize);
    }

    /// <summary>
    /// Computes real index values of a sample under a key that is thrown away, and counts false matches. No value of the
    /// sample is kept. A sample finds fewer than the whole column will: false matches grow with the rows.
    /// </summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="index">The index, with the length to be tried.</param>
    /// <param name="sample">The values, as often as they occur.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.IdentifierInvalid"/>: nothing of a value is indexed.</exception>
    public static BlindIndexMeasurement Measure<TValue>(BlindIndex<TValue> index, IEnumerable<TValue> sample)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(sample);
        using var root = new DataKey(SecretKey.Generate(), 1, KeyState.Active);
        var key = BlindIndexKey.Of(root, TenantId.Default, index);

        // the whole HMAC stands for the value: equal only for equal values, and nothing in clear is kept
        var rowsByValue = new Dictionary<UInt128, int>();
        var rowsByIndexValue = new Dictionary<string, int>(StringComparer.Ordinal);
        var indexValueOf = new Dictionary<UInt128, string>();
        var rows = 0;
        foreach (var value in sample)
        {
            var (whole, computed) = Compute(key, index, value);
            rows++;
            rowsByValue[whole] = rowsByValue.GetValueOrDefault(whole) + 1;
            rowsByIndexValue[computed] = rowsByIndexValue.GetValueOrDefault(computed) + 1;
            indexValueOf[whole] = computed;
        }

        if (rows == 0)
        {
            throw new ArgumentException("The sample is empty. Give the values of some rows.", nameof(sample));
        }

        var falsePositives = rowsByValue.Sum(value => (double)value.Value * (rowsByIndexValue[indexValueOf[value.Key]] - value.Value));
        return new BlindIndexMeasurement(
            rows, rowsByValue.Count, rowsByIndexValue.Count, falsePositives / rows, (double)rowsByIndexValue.Values.Max() / rows);
    }

    private static (UInt128 Whole, string IndexValue) Compute<TValue>(BlindIndexKey key, BlindIndex<TValue> index, TValue value)
        where TValue : notnull
    {
        var maxBytes = index.GetMaxByteCount(value);
        Span<byte> buffer = maxBytes <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[maxBytes];
        var normalized = buffer[..index.Normalize(value, buffer)];
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> computed = stackalloc byte[index.Size];
        key.Compute(normalized, BlindIndexDefinition.MaxBits, whole);
        key.Compute(normalized, index.Bits, computed);
        CryptographicOperations.ZeroMemory(normalized);
        return (BinaryPrimitives.ReadUInt128BigEndian(whole), Convert.ToHexString(computed));
    }
}
