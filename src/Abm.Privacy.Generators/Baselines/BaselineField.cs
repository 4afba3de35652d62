using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>A protected property: today's path from the entity's class, and its frozen name.</summary>
internal sealed class BaselineField(string path, TextSpan span, string frozen) : BaselineName(path, span)
{
    public string Frozen { get; } = frozen;
}
