using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Abm.Privacy.Classification;

/// <summary>
/// Collects types for an inventory, and declares what attributes cannot: the properties of types that one does not own.
/// A declaration made here wins over an attribute.
/// </summary>
public sealed class ClassifiedModelBuilder
{
    private readonly ClassifiedDeclarations _declarations = new();
    private readonly HashSet<Type> _types = [];

    /// <summary>What was declared so far.</summary>
    internal ClassifiedDeclarations Declarations => _declarations;

    /// <summary>Declares the properties of a type without touching it, and adds the type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="declare">Names the properties and their classes.</param>
    /// <returns>This builder.</returns>
    public ClassifiedModelBuilder Declare<T>(Action<ClassifiedTypeBuilder<T>> declare)
    {
        ArgumentNullException.ThrowIfNull(declare);
        declare(new ClassifiedTypeBuilder<T>(_declarations));
        _types.Add(typeof(T));
        return this;
    }

    /// <summary>Adds a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>This builder.</returns>
    public ClassifiedModelBuilder Add<T>() => Add(typeof(T));

    /// <summary>Adds a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>This builder.</returns>
    public ClassifiedModelBuilder Add(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        _types.Add(type);
        return this;
    }

    /// <summary>Adds every type of an assembly that carries a <see cref="ClassifiedAttribute"/> on itself or on a member.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>This builder.</returns>
    [RequiresUnreferencedCode(ClassifiedModel.TrimWarning)]
    public ClassifiedModelBuilder AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (var type in assembly.GetTypes())
        {
            if (type is { IsEnum: false, IsInterface: false } && ClassifiedModelReader.CarriesDeclaration(type))
            {
                _types.Add(type);
            }
        }

        return this;
    }

    /// <summary>Reads the models of all added types.</summary>
    /// <returns>The inventory, types in the ordinal order of their names.</returns>
    /// <exception cref="ArgumentException">An attribute holds a text that is not a data class; every such place is listed.</exception>
    [RequiresUnreferencedCode(ClassifiedModel.TrimWarning)]
    public ClassifiedInventory Build()
    {
        var reader = new ClassifiedModelReader(_declarations);
        var models = _types.Select(reader.Read).OrderBy(model => model.TypeName, StringComparer.Ordinal).ToList();
        return reader.Faults.Count == 0
            ? new ClassifiedInventory(models)
            : throw new ArgumentException(string.Join(" ", reader.Faults));
    }
}
