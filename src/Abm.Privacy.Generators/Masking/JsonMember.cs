using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>How System.Text.Json's attributes ask for a member.</summary>
internal sealed class JsonMember(string name, int order, JsonMember.Leaves leaves)
{
    /// <summary>When the member is left out.</summary>
    public enum Leaves
    {
        Never,
        Null,
        Default,
    }

    public string Name => name;

    public int Order => order;

    public Leaves LeftOut => leaves;

    /// <summary>Null for a member that JSON does not show.</summary>
    public static JsonMember? Of(ISymbol member)
    {
        var attributes = member.GetAttributes().Where(attribute => attribute.AttributeClass?.ContainingNamespace.ToDisplayString() == "System.Text.Json.Serialization").ToList();
        AttributeData? Find(string name) => attributes.Find(attribute => attribute.AttributeClass!.Name == name);

        var isShown = (member is IPropertySymbol && MemberSymbols.IsPublic(member)) || Find("JsonIncludeAttribute") is not null;
        if (!isShown || Find("JsonExtensionDataAttribute") is not null)
        {
            return null;
        }

        var leaves = Leaves.Never;
        if (Find("JsonIgnoreAttribute") is { } ignore)
        {
            // JsonIgnoreCondition: Never 0, Always 1, WhenWritingDefault 2, WhenWritingNull 3, WhenWriting 4, WhenReading 5
            var condition = ignore.NamedArguments.FirstOrDefault(argument => argument.Key == "Condition").Value.Value as int? ?? 1;
            if (condition is 1 or 4)
            {
                return null;
            }

            leaves = condition switch { 2 => Leaves.Default, 3 => Leaves.Null, _ => Leaves.Never };
        }

        return new JsonMember(
            Find("JsonPropertyNameAttribute")?.ConstructorArguments.FirstOrDefault().Value as string ?? member.Name,
            Find("JsonPropertyOrderAttribute")?.ConstructorArguments.FirstOrDefault().Value as int? ?? 0,
            leaves);
    }
}
