using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Abm.Privacy.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore;

/// <summary>What a context's model protects, and under which frozen names.</summary>
public sealed class PrivacyModel
{
    private readonly Dictionary<IEntityType, ProtectedEntity> _entities;
    private readonly List<(ProtectedPlace Place, FieldName Name)> _places;

    private PrivacyModel(IModel model)
    {
        _places = ProtectedPlaces.Find(model, []).ConvertAll(
            place => (place, FieldName.Parse((string)place.Property.FindAnnotation(PrivacyAnnotations.Place)!.Value!)));
        _entities = new ProtectedEntities(model, _places).Build();
    }

    /// <summary>The model of a context.</summary>
    /// <param name="context">The context.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidOperationException">The model cannot be built: the message says why and how to mend it.</exception>
    public static PrivacyModel Of(DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Model.GetOrAddRuntimeAnnotationValue(
            PrivacyAnnotations.Model, static model => new PrivacyModel(model!), context.Model);
    }

    /// <summary>
    /// The baseline: frozen names by today's names of classes and properties. Commit it and give it to
    /// <see cref="PrivacyContextOptionsBuilder.UseBaseline"/>, so that a rename is refused until the baseline says what was renamed.
    /// </summary>
    /// <returns>JSON in UTF-8, sorted, with line ends LF.</returns>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", 1);
            json.WriteStartObject("entities");
            foreach (var entity in _places.GroupBy(place => place.Place.Root.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(entity.Key);
                json.WriteString("scope", entity.First().Name.Scope);
                json.WriteString("name", entity.First().Name.Entity);
                json.WriteStartObject("fields");
                foreach (var (place, name) in entity.OrderBy(field => field.Place.PathText, StringComparer.Ordinal))
                {
                    json.WriteString(place.PathText, name.Field);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>What is protected of an entity type; null if nothing is.</summary>
    internal ProtectedEntity? Find(IEntityType type) => _entities.GetValueOrDefault(type);
}
