using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy.Classification;

/// <summary>
/// What the properties of one type are: its own, the inherited ones, and those of the objects and collections that it
/// holds. A property that nobody declared is there too, as <see cref="DataClass.Unknown"/>.
/// </summary>
public sealed class ClassifiedModel
{
    internal const string TrimWarning = "The properties of nested types are found by reflection, and trimming may remove them: a gap would not be visible. Print the inventory from an untrimmed build.";

    private readonly Dictionary<string, ClassifiedProperty> _byPath;

    internal ClassifiedModel(Type type, IEnumerable<ClassifiedProperty> properties)
    {
        Type = type;
        TypeName = ClassifiedTypeName.Full(type);
        Properties = [.. properties.OrderBy(property => property.Path, StringComparer.Ordinal)];
        _byPath = Properties.ToDictionary(property => property.Path, StringComparer.Ordinal);
    }

    /// <summary>The type that is described.</summary>
    public Type Type { get; }

    /// <summary>Its name with namespace, as written in C#.</summary>
    public string TypeName { get; }

    /// <summary>Every property, by path in ordinal order.</summary>
    public IReadOnlyList<ClassifiedProperty> Properties { get; }

    /// <summary>Reads the model of a type from its <see cref="ClassifiedAttribute"/>s.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">An attribute holds a text that is not a data class; every such place is listed.</exception>
    [RequiresUnreferencedCode(TrimWarning)]
    public static ClassifiedModel Of<T>() => Of(typeof(T));

    /// <summary>Reads the model of a type from its <see cref="ClassifiedAttribute"/>s.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">An attribute holds a text that is not a data class; every such place is listed.</exception>
    [RequiresUnreferencedCode(TrimWarning)]
    public static ClassifiedModel Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new ClassifiedModelBuilder().Add(type).Build().Models[0];
    }

    /// <summary>The class of a property.</summary>
    /// <param name="path">The way from the type, as in <see cref="ClassifiedProperty.Path"/>.</param>
    /// <returns>The class; <see cref="DataClass.Unknown"/> if the property is not declared or does not exist.</returns>
    public DataClass ClassOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _byPath.TryGetValue(path, out var property) ? property.DataClass : DataClass.Unknown;
    }
}
