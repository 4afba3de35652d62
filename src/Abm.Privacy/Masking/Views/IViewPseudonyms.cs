using Abm.Privacy.Classification;

namespace Abm.Privacy.Masking.Views;

/// <summary>Makes the identifiers that stand for values in a view. Safe for concurrent use.</summary>
public interface IViewPseudonyms : IDisposable
{
    /// <summary>The greatest length of a pseudonym, in ASCII characters.</summary>
    int MaxLength { get; }

    /// <summary>Makes the pseudonym of a value.</summary>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="value">The value.</param>
    /// <returns>The pseudonym, of ASCII characters; null for a value that has none, which is hidden then.</returns>
    string? Pseudonymize(DataClass dataClass, string value);
}
