using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>One type, read: what its mask does. It lives within one step of the pipeline only.</summary>
internal sealed class MaskedType(MaskKey key, IReadOnlyList<MaskedMember> members, Construction? construction, IReadOnlyList<MaskKey> derived)
{
    public MaskKey Key => key;

    public IReadOnlyList<MaskedMember> Members => members;

    /// <summary>How a copy is made; null for a type that has no objects of its own.</summary>
    public Construction? Construction => construction;

    /// <summary>The types right below, whose objects are masked as what they are.</summary>
    public IReadOnlyList<MaskKey> Derived => derived;

    /// <summary>Whether an object of the type can stand in itself.</summary>
    public bool IsRecursive { get; set; }

    /// <summary>The masks that this one calls.</summary>
    public IEnumerable<MaskKey> Uses => members.SelectMany(member => ObjectsOf(member.Shape)).Concat(derived);

    public bool HoldsOpenValues => members.Any(member => HoldsOpen(member.Shape));

    private static IEnumerable<MaskKey> ObjectsOf(ValueShape? shape) => shape is null ? []
        : shape.Object is { } found ? [found]
        : ObjectsOf(shape.Key).Concat(ObjectsOf(shape.Element));

    private static bool HoldsOpen(ValueShape? shape) => shape is not null && (shape.Kind == ShapeKind.Open || HoldsOpen(shape.Key) || HoldsOpen(shape.Element));
}
