using Microsoft.Extensions.Logging;

namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>Writes a log entry for each reveal.</summary>
internal sealed partial class LoggingRevealAuditSink(ILogger logger) : IRevealAuditSink
{
    public const string Category = "Abm.Privacy.Reveal";

    public ValueTask RecordAsync(RevealAudit audit, CancellationToken cancellationToken)
    {
        LogReveal(logger, audit.Tenant.Value, audit.Scope, audit.Entity, string.Join(',', audit.Fields), audit.Values, audit.Subjects, audit.Reason);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Information, "Revealing {Values} values of {Subjects} subjects: {Tenant}/{Scope}/{Entity}, fields {Fields}, reason: {Reason}")]
    private static partial void LogReveal(
        ILogger logger, string tenant, string scope, string entity, string fields, int values, int subjects, string reason);
}
