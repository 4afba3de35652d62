using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Json;

/// <summary>A text is not what it should be.</summary>
/// <param name="span">Where.</param>
/// <param name="message">What is wrong, without a full stop.</param>
internal sealed class JsonTextException(TextSpan span, string message) : Exception(message)
{
    public TextSpan Span { get; } = span;
}
