namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>How far back messages count against a cap.</summary>
internal static class SendWindow
{
    public static TimeSpan Default { get; } = TimeSpan.FromDays(7);
}
