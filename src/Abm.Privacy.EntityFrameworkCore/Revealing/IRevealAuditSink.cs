namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>Is told before personal values are revealed. If it throws, nothing is revealed. Safe for concurrent use.</summary>
public interface IRevealAuditSink
{
    /// <summary>Records a reveal.</summary>
    /// <param name="audit">What is revealed, without personal data.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The task.</returns>
    ValueTask RecordAsync(RevealAudit audit, CancellationToken cancellationToken);
}
