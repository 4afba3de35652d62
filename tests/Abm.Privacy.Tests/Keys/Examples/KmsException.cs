namespace Abm.Privacy.Tests.Keys.Examples;

/// <summary>How the example's key-management service says that something went wrong.</summary>
/// <param name="fault">What went wrong.</param>
public sealed class KmsException(KmsFault fault) : Exception($"The key-management service failed: {fault}.")
{
    /// <summary>What went wrong.</summary>
    public KmsFault Fault { get; } = fault;
}

/// <summary>The faults that a provider tells apart.</summary>
public enum KmsFault
{
    /// <summary>Too many requests, or the service is down.</summary>
    Unavailable = 1,

    /// <summary>The key does not exist, is disabled, or this process may not use it.</summary>
    KeyUnusable = 2,

    /// <summary>The ciphertext was altered, or the context is another.</summary>
    CiphertextInvalid = 3,
}
