using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>One value of an object, as generated code handles it. It lives within one step of the pipeline only.</summary>
internal sealed class ValueShape
{
    public ShapeKind Kind { get; set; }

    /// <summary>The value's type as declared, nullability included.</summary>
    public ITypeSymbol Type { get; set; } = null!;

    /// <summary>The value's class; null if nobody declared one.</summary>
    public string? DataClass { get; set; }

    /// <summary>The type within a nullable value type, or null.</summary>
    public ITypeSymbol? NullableOf { get; set; }

    /// <summary>The text of a worded value, with <c>{0}</c> for the value.</summary>
    public string? Words { get; set; }

    /// <summary>The key of an object's mask.</summary>
    public MaskKey? Object { get; set; }

    /// <summary>The values of a list or dictionary.</summary>
    public ValueShape? Element { get; set; }

    /// <summary>The keys of a dictionary.</summary>
    public ValueShape? Key { get; set; }

    /// <summary>How the collection is made of the list or dictionary named <c>{0}</c>; null if entries are added to one that <see cref="Created"/> makes.</summary>
    public string? Made { get; set; }

    /// <summary>The type of a collection that entries are added to.</summary>
    public string? Created { get; set; }

    public bool IsKept => ClassifiedSymbols.IsNotPersonal(DataClass);

    /// <summary>Whether nothing of the value is shown: nobody declared it, and it has no members to look into.</summary>
    public bool IsErased => DataClass is null && Kind switch
    {
        ShapeKind.Object or ShapeKind.Open => false,
        ShapeKind.List or ShapeKind.Dictionary => Element!.IsErased,
        _ => true,
    };

    /// <summary>Whether the value can be taken over as it is.</summary>
    public bool IsTakenOver => Kind switch
    {
        ShapeKind.Object or ShapeKind.Open => false,
        ShapeKind.List => Element!.IsTakenOver,
        ShapeKind.Dictionary => Element!.IsTakenOver && Key!.IsTakenOver,
        _ => IsKept,
    };

    public bool CanBeNull => NullableOf is not null || !Type.IsValueType;

    /// <summary>Whether null is no surprise: the type says so, or says nothing.</summary>
    public bool MayBeNull => NullableOf is not null || Type.NullableAnnotation != NullableAnnotation.NotAnnotated;
}
