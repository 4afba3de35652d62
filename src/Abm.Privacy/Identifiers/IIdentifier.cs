namespace Abm.Privacy.Identifiers;

/// <summary>
/// A validated identifier in its normal form. Index and pseudonym keys derive from the names that stand here, so a
/// change of a normalizer is a new name and never a silent change of values.
/// </summary>
public interface IIdentifier
{
    /// <summary>The identifier's type: <c>email</c>, <c>phone</c>, <c>domain</c>.</summary>
    static abstract string IdentifierType { get; }

    /// <summary>The frozen normalizer that made <see cref="Value"/>: <c>email-v1</c>, <c>phone-v1</c>, <c>domain-v1</c>.</summary>
    static abstract string Normalizer { get; }

    /// <summary>The normal form, in clear.</summary>
    string Value { get; }
}
