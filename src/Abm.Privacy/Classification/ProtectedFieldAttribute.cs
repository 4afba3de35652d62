namespace Abm.Privacy.Classification;

/// <summary>
/// The frozen name of a protected property. It is bound into every envelope of the property, so it stays as it is when the
/// property is renamed. On a property that holds further protected ones, such as an address: the first part of their names.
/// </summary>
/// <param name="name">The name, for example <c>email</c>: 1 to 128 bytes of UTF-8.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ProtectedFieldAttribute(string name) : Attribute
{
    /// <summary>The frozen name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The bucket in bytes whose multiples values are filled up to, so that the stored length says less: larger than most
    /// values of the property, and of everything below it that says nothing of its own. It may be changed at any time.
    /// </summary>
    /// <value>The default is 0: the stored length is the value's. Else from 2 to 65,536.</value>
    public int PadToMultipleOf { get; init; }
}
