using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Knows one place that holds values derived from subjects under keys that a subject's shredding leaves alone: blind-index
/// and deterministic columns, tokens, pseudonym mappings, suppression lists, exports, caches. Every such place is
/// registered, or a person is not forgotten. Implementations are safe for concurrent use.
/// </summary>
public interface IDerivedArtefactSource
{
    /// <summary>The place's stable name, for plans and receipts, for example <c>contact.email_eq</c>. No personal data.</summary>
    string Name { get; }

    /// <summary>Lists what the place holds of a subject now.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The artefacts; none if the place holds nothing of the subject.</returns>
    ValueTask<IReadOnlyList<DerivedArtefact>> FindAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken);

    /// <summary>Erases what <see cref="FindAsync"/> lists, apart from what is kept on a stated ground. Harmless when repeated.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>How many values were erased by this call.</returns>
    ValueTask<long> EraseAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken);
}
