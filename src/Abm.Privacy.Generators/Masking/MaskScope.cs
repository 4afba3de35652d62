namespace Abm.Privacy.Generators.Masking;

/// <summary>What the methods of one generated mask share: data classes, helpers for collections, names of locals.</summary>
internal sealed class MaskScope
{
    private readonly List<string> _classes = [];
    private readonly List<Action<CodeText>> _helpers = [];
    private readonly Dictionary<(ValueShape Shape, char Kind), string> _names = [];
    private int _locals;

    /// <summary>The field of a data class, or the unknown one.</summary>
    public string ClassOf(string? name)
    {
        if (name is null)
        {
            return $"default({MaskWriter.Class})";
        }

        if (!_classes.Contains(name))
        {
            _classes.Add(name);
        }

        return "Class" + _classes.IndexOf(name);
    }

    public string Local() => "v" + _locals++;

    /// <summary>The helper for a collection; written after the methods.</summary>
    public string Helper(ValueShape shape, char kind, Action<CodeText, string> write)
    {
        if (!_names.TryGetValue((shape, kind), out var name))
        {
            _names.Add((shape, kind), name = (kind switch { 'c' => "Copy", 'j' => "Write", _ => "Format" }) + _names.Count);
            _helpers.Add(code => write(code, name));
        }

        return name;
    }

    public void WriteHelpers(CodeText code)
    {
        for (var i = 0; i < _helpers.Count; i++) // writing one may add another
        {
            code.Line();
            _helpers[i](code);
        }

        foreach (var name in _classes)
        {
            code.Line();
            code.Line($"private static readonly {MaskWriter.Class} {ClassOf(name)} = new({Names.Literal(name)});");
        }
    }
}
