using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Masking;

/// <summary>A place in a source file, without the syntax tree: what a diagnostic needs and nothing that a compilation holds.</summary>
internal sealed class SourcePlace(string path, TextSpan span, LinePositionSpan lines) : IEquatable<SourcePlace>
{
    public static SourcePlace? Of(ISymbol symbol) => symbol.Locations.FirstOrDefault(location => location.IsInSource) is { } location
        ? new SourcePlace(location.SourceTree!.FilePath, location.SourceSpan, location.GetLineSpan().Span)
        : null;

    public Location ToLocation() => Location.Create(path, span, lines);

    public bool Equals(SourcePlace? other) => other is not null && Key == other.Key;

    public override bool Equals(object? obj) => obj is SourcePlace other && Equals(other);

    public override int GetHashCode() => Key.GetHashCode();

    private (string Path, TextSpan Span, LinePositionSpan Lines) Key => (path, span, lines);
}
