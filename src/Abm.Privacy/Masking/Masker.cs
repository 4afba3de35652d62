using System.Collections.Frozen;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Masking;

/// <summary>
/// The masks of a set of options, ready for use. Immutable and safe for concurrent use; the span methods do not allocate.
/// </summary>
public sealed class Masker : IMasker
{
    private readonly FrozenDictionary<string, Treatment>.AlternateLookup<ReadOnlySpan<char>> _treatments;

    /// <summary>Creates a masker with the default mask of each built-in class.</summary>
    public Masker()
        : this(new MaskingOptions())
    {
    }

    /// <summary>Creates a masker.</summary>
    /// <param name="options">What differs from the defaults; later changes have no effect.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public Masker(MaskingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = MaskingOptionsValidator.FindFaults(options);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        var treatments = DefaultMasks.Create();
        foreach (var (name, specification) in options.Classes)
        {
            treatments[name] = MaskSpecification.Parse(specification);
        }

        foreach (var (name, treatment) in options.Treatments)
        {
            treatments[name] = treatment;
        }

        _treatments = treatments.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <inheritdoc/>
    public string Mask(DataClass dataClass, string? value) => Find(dataClass).Mask(value);

    /// <inheritdoc/>
    public int GetMaxLength(DataClass dataClass, int sourceLength) => Find(dataClass).GetMaxLength(sourceLength);

    /// <inheritdoc/>
    public bool TryMask(DataClass dataClass, ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        Find(dataClass).TryMask(source, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(DataClass dataClass, ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        Find(dataClass).TryMask(utf8, destination, out bytesWritten);

    /// <summary>What is done with the values of a class; <see cref="Treatment.Erase"/> for a class that nobody declared.</summary>
    internal Treatment Find(DataClass dataClass)
    {
        var name = dataClass.Name.AsSpan();
        while (!name.IsEmpty)
        {
            if (_treatments.TryGetValue(name, out var treatment) && (treatment.CoversBelow || name.Length == dataClass.Name.Length))
            {
                return treatment;
            }

            name = name[..Math.Max(name.LastIndexOf('.'), 0)];
        }

        return Treatment.Erase;
    }
}
