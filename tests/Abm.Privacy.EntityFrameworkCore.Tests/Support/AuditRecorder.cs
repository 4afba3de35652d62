using Abm.Privacy.EntityFrameworkCore.Revealing;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

internal sealed class AuditRecorder : IRevealAuditSink
{
    public List<RevealAudit> Audits { get; } = [];

    public Exception? Failure { get; set; }

    public ValueTask RecordAsync(RevealAudit audit, CancellationToken cancellationToken)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        lock (Audits)
        {
            Audits.Add(audit);
        }

        return ValueTask.CompletedTask;
    }
}
