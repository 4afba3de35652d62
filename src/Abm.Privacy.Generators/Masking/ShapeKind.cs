namespace Abm.Privacy.Generators.Masking;

/// <summary>How a value is taken apart.</summary>
internal enum ShapeKind
{
    /// <summary>A <c>string</c>.</summary>
    Text,

    /// <summary>A value whose invariant text the platform formats: numbers, dates, enumerations, identifiers of the application.</summary>
    Scalar,

    /// <summary>A value whose text generated code asks for: truth values, bytes, addresses, typed identifiers.</summary>
    Worded,

    /// <summary>A protected value.</summary>
    Protected,

    /// <summary>An object with members.</summary>
    Object,

    /// <summary>A value of a type parameter.</summary>
    Open,

    /// <summary>A sequence of values.</summary>
    List,

    /// <summary>Values by key.</summary>
    Dictionary,

    /// <summary>Anything else: it has no text that could be masked.</summary>
    Opaque,
}
