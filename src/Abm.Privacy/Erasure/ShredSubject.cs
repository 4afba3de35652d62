using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Erasure;

/// <summary>A subject's own id as an identifier, so that receipts can name it by a pseudonym.</summary>
internal readonly struct ShredSubject(SubjectId subject) : IIdentifier
{
    public static string IdentifierType => "subject";

    public static string Normalizer => "subject-v1";

    public string Value => subject.Value;
}
