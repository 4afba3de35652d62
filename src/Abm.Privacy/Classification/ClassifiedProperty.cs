namespace Abm.Privacy.Classification;

/// <summary>One property of a classified type, with the class of what it holds.</summary>
/// <param name="Path">The way from the type: <c>Email</c>, <c>Address.Street</c>, <c>Phones[].Number</c>.</param>
/// <param name="TypeName">The property's type as written in C#, without namespace: <c>string</c>, <c>DateOnly?</c>.</param>
/// <param name="DataClass">The class; <see cref="DataClass.Unknown"/> if nobody declared one.</param>
/// <param name="Source">Where it was declared.</param>
public sealed record ClassifiedProperty(string Path, string TypeName, DataClass DataClass, ClassificationSource Source)
{
    /// <summary>Whether nobody said what this property is.</summary>
    public bool IsGap => Source == ClassificationSource.None;
}
