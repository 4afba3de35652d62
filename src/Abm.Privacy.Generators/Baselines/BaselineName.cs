using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>A name in a baseline, and where it stands.</summary>
/// <param name="today">What the code calls it.</param>
/// <param name="span">Where it stands.</param>
internal class BaselineName(string today, TextSpan span)
{
    public string Today { get; } = today;

    public TextSpan Span { get; } = span;
}
