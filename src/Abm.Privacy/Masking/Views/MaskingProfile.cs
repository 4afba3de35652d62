using Abm.Privacy.Classification;

namespace Abm.Privacy.Masking.Views;

/// <summary>What one role sees.</summary>
public sealed class MaskingProfile
{
    /// <summary>
    /// Levels by the name of a data class; a class also covers the classes below it, and the nearest one counts. A class that
    /// is not covered is hidden. The default is empty: the role sees nothing.
    /// </summary>
    public IDictionary<string, ViewLevel> Classes { get; } = new Dictionary<string, ViewLevel>(StringComparer.Ordinal);

    /// <summary>Sets the level of a class.</summary>
    /// <param name="dataClass">The name of the class, for example <see cref="DataClasses.Email"/>.</param>
    /// <param name="level">What the role sees of it and of the classes below it.</param>
    /// <returns>The same profile.</returns>
    public MaskingProfile Show(string dataClass, ViewLevel level)
    {
        ArgumentNullException.ThrowIfNull(dataClass);
        Classes[dataClass] = level;
        return this;
    }
}
