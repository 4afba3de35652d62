using System.Globalization;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>What <see cref="BlindIndexPlanner"/> advises for one field. Immutable.</summary>
public sealed class BlindIndexPlan
{
    internal BlindIndexPlan(long distinctValues, long rows, long? domainSize)
    {
        (DistinctValues, Rows, DomainSize) = (distinctValues, rows, domainSize);
        ByDistinctValues = BitRules.OfDistinctValues(distinctValues);
        ByRows = BitRules.OfRows(rows);
        Refusal = distinctValues < BlindIndexPlanner.MinPopulation
            ? string.Create(CultureInfo.InvariantCulture, $"There are fewer than {BlindIndexPlanner.MinPopulation} different values: an index of any length shows which rows hold which. Do not index this field.")
            : null;
        RecommendedBits = Refusal is null && ByDistinctValues is { Max: >= BlindIndexDefinition.MinBits and var longest }
            ? Math.Min(longest, BlindIndexDefinition.MaxBits)
            : null;
    }

    /// <summary>How many different values there are.</summary>
    public long DistinctValues { get; }

    /// <summary>How many rows there are.</summary>
    public long Rows { get; }

    /// <summary>How many values there could be; null where nothing limits them.</summary>
    public long? DomainSize { get; }

    /// <summary>
    /// The lengths N with 2^N below half of the different values and above their square root (AWS Database Encryption SDK,
    /// choosing a beacon length): each index value stands for at least two values. Null if no length satisfies both.
    /// </summary>
    public BlindIndexBitRange? ByDistinctValues { get; }

    /// <summary>
    /// The lengths N at which rows / 2^N, the expected coincidences, lie between 2 and the square root of the rows
    /// (CipherSweet, planning blind indexes). Null if no length satisfies both.
    /// </summary>
    public BlindIndexBitRange? ByRows { get; }

    /// <summary>
    /// The longest length that still hides values behind one another: the upper end of <see cref="ByDistinctValues"/>, which is
    /// never above that of <see cref="ByRows"/>. Null if the field should not be indexed or if that length is below
    /// <see cref="BlindIndexDefinition.MinBits"/>: then an index of any length shows which rows are equal.
    /// </summary>
    public int? RecommendedBits { get; }

    /// <summary>Why the field should not be indexed at all; null if it may.</summary>
    public string? Refusal { get; }

    /// <summary>How many candidates of a search are expected to hold another value, and so to be decrypted in vain.</summary>
    /// <param name="bits">The length in bits.</param>
    /// <returns>(rows - rows / values) / 2^bits, for values that are equally frequent.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is not 8 to 256.</exception>
    public double GetExpectedFalsePositives(int bits)
    {
        ThrowIfOutOfRange(bits);
        return (Rows - ((double)Rows / DistinctValues)) * Math.Pow(2, -bits);
    }

    /// <summary>Says what an index of a length shows to whoever reads the column without the key.</summary>
    /// <param name="bits">The length in bits.</param>
    /// <returns>Sentences in English, without any value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is not 8 to 256.</exception>
    public string DescribeLeakage(int bits)
    {
        ThrowIfOutOfRange(bits);
        var shared = DistinctValues * Math.Pow(2, -bits);
        var equality = shared >= 2
            ? string.Create(CultureInfo.InvariantCulture, $"Equality: rows with different index values hold different values; rows with one index value may be equal, as about {shared:0.#} values share each.")
            : "Equality: nearly every value has an index value of its own, so rows with one index value hold one value.";
        var frequency = shared >= 2
            ? "Frequency: how often an index value occurs is the sum over the values that share it; a value that is far more frequent than all others still shows."
            : "Frequency: how often each value occurs shows, and whoever knows the usual frequencies can guess the frequent values.";
        var small = DomainSize < BlindIndexDefinition.MinDomainSize
            ? string.Create(CultureInfo.InvariantCulture, $" Domain: only {DomainSize} values are possible, so frequencies name most of them; the index needs a stated reason.")
            : "";
        return $"{equality} {frequency}{small}";
    }

    private static void ThrowIfOutOfRange(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, BlindIndexDefinition.MinBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, BlindIndexDefinition.MaxBits);
    }
}
