namespace Abm.Privacy.Classification;

/// <summary>Where the class of a property was declared.</summary>
public enum ClassificationSource
{
    /// <summary>Nowhere: the property is a gap and gets the safest treatment.</summary>
    None = 0,

    /// <summary>By <see cref="ClassifiedAttribute"/> on the property itself.</summary>
    Member = 1,

    /// <summary>By the declaration on the property's type, or on the type that holds it.</summary>
    Type = 2,

    /// <summary>By <see cref="ClassifiedModelBuilder"/>.</summary>
    Builder = 3,

    /// <summary>The property leads to a type that the model describes at another path; the rows there say what it holds.</summary>
    Repeated = 4,
}
