namespace Abm.Privacy.Classification;

/// <summary>What was declared in code and not by attribute.</summary>
internal sealed class ClassifiedDeclarations
{
    public Dictionary<(Type Type, string Member), DataClass> Members { get; } = [];

    public Dictionary<Type, DataClass> Types { get; } = [];

    /// <summary>The declaration for a member; one for a base type holds for the types below it.</summary>
    public DataClass? OfMember(Type type, string member)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Members.TryGetValue((current, member), out var dataClass))
            {
                return dataClass;
            }
        }

        return null;
    }
}
