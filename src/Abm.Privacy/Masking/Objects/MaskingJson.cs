using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Masking.Objects;

/// <summary>
/// Makes System.Text.Json write objects masked, those of types that one does not own too. Every property of every object that
/// is written is treated by its class: a declared one as the masked text of its value, whatever its type; one that nobody
/// declared as null, unless it leads to a further object, which is treated in the same way. Only
/// <see cref="DataClasses.NotPersonal"/> is written as it is.
/// </summary>
/// <remarks>
/// Such JSON is written, not read: reading a masked property throws a <see cref="JsonException"/>. A value that is no
/// property, such as a text that is serialized alone, has no class and is not touched.
/// </remarks>
public static class MaskingJson
{
    /// <summary>Makes options write masked JSON.</summary>
    /// <param name="options">The options, with a resolver and not used yet.</param>
    /// <param name="masker">How values are masked.</param>
    /// <param name="declare">Declares the properties of types that one does not own; it wins over attributes.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="InvalidOperationException">The options are in use already, or have no resolver.</exception>
    public static JsonSerializerOptions AddMasking(this JsonSerializerOptions options, IMasker masker, Action<ClassifiedModelBuilder>? declare = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(masker);
        var resolver = options.TypeInfoResolver
            ?? throw new InvalidOperationException("The options have no resolver. Set TypeInfoResolver first: to a source-generated JsonSerializerContext, or to a DefaultJsonTypeInfoResolver, which works by reflection.");
        options.TypeInfoResolver = resolver.WithMasking(masker, declare);
        return options;
    }

    /// <summary>Makes a resolver write masked JSON.</summary>
    /// <param name="resolver">The resolver, for example a source-generated <c>JsonSerializerContext</c>.</param>
    /// <param name="masker">How values are masked.</param>
    /// <param name="declare">Declares the properties of types that one does not own; it wins over attributes.</param>
    /// <returns>A resolver to set on options.</returns>
    public static IJsonTypeInfoResolver WithMasking(this IJsonTypeInfoResolver resolver, IMasker masker, Action<ClassifiedModelBuilder>? declare = null)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentNullException.ThrowIfNull(masker);
        var model = new ClassifiedModelBuilder();
        declare?.Invoke(model);
        return resolver.WithAddedModifier(new MaskingJsonModifier(masker, model.Declarations).Modify);
    }
}
