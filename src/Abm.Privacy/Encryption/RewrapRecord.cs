using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption;

/// <summary>One record that a rewrap looks at.</summary>
/// <param name="Cursor">The record's place in the source's order; a later run may start after it. No personal data.</param>
/// <param name="Subject">The person whose record it is.</param>
/// <param name="Fields">The protected fields that have a value.</param>
public sealed record RewrapRecord(string Cursor, SubjectId Subject, IReadOnlyList<RewrapField> Fields);
