using System.Diagnostics.Metrics;

namespace Abm.Privacy.Keys;

/// <summary>What the key room counts. No tags: they could tell subjects and tenants apart.</summary>
internal static class KeyMetrics
{
    private static readonly Meter Meter = new("Abm.Privacy.Keys");

    /// <summary>Blocks of messages set aside beyond half of a key's limit.</summary>
    public static readonly Counter<long> NearLimit = Meter.CreateCounter<long>(
        "abm_privacy.keys.near_limit", "{block}", "Blocks of messages that were set aside under keys beyond half of their limit.");

    /// <summary>Exceptions of event handlers.</summary>
    public static readonly Counter<long> HandlerFaults = Meter.CreateCounter<long>(
        "abm_privacy.keys.handler_faults", "{exception}", "Exceptions that handlers of a key ring's events threw.");
}
