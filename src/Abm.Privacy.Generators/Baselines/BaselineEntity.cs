using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>An entity type: today's name of its class, its frozen names and its protected properties.</summary>
internal sealed class BaselineEntity(string type, TextSpan span, string scope, string frozen) : BaselineName(type, span)
{
    public string Scope { get; } = scope;

    public string Frozen { get; } = frozen;

    public List<BaselineField> Fields { get; } = [];

    public bool Lists(string path) => Fields.Exists(field => field.Today == path);

    /// <summary>Whether a property holds listed ones: it is owned or complex then.</summary>
    public bool ListsBelow(string path) => Fields.Exists(field => field.Today.StartsWith(path + ".", StringComparison.Ordinal));
}
