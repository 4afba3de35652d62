namespace Abm.Privacy.Classification;

/// <summary>
/// Says what a field is. On a property or field, or on a parameter of a record's primary constructor: the class of that
/// one. On a type: the class of its values wherever they stand, and the default of its own members.
/// </summary>
/// <param name="dataClass">The name of the class, for example <see cref="DataClasses.Email"/>. Checked when a model is read.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class ClassifiedAttribute(string dataClass) : Attribute
{
    /// <summary>The name of the class, as written.</summary>
    public string DataClass { get; } = dataClass;
}
