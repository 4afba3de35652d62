namespace Abm.Privacy.Tests.Support;

/// <summary>Whether tests run at the full size that the project promises, which takes hours, or at the suite's share of it.</summary>
internal static class Soak
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("ABM_PRIVACY_SOAK") == "1";
}
