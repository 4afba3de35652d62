namespace Abm.Privacy.Classification;

/// <summary>
/// The frozen name of a kind of record. It is bound into every envelope of the record's protected values, so it stays as it
/// is when the class is renamed.
/// </summary>
/// <param name="name">The name, for example <c>contact</c>: 1 to 128 bytes of UTF-8.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class ProtectedEntityAttribute(string name) : Attribute
{
    /// <summary>The frozen name.</summary>
    public string Name { get; } = name;

    /// <summary>The stable protection scope, for example <c>crm</c>: 1 to 128 bytes of UTF-8.</summary>
    public required string Scope { get; init; }
}
