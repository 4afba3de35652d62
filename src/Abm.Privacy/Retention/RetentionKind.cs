namespace Abm.Privacy.Retention;

/// <summary>What a retention rule demands. A minimum and a maximum are different things.</summary>
public enum RetentionKind
{
    /// <summary>A minimum: the data stays at least until the period has ended. Says nothing about afterwards.</summary>
    KeepAtLeast = 1,

    /// <summary>A maximum: the data goes when the period has ended. Says nothing about going earlier.</summary>
    DisposeAfter = 2,

    /// <summary>Both: the data stays until the period has ended and goes then.</summary>
    KeepThenDispose = 3,

    /// <summary>A minimum without end.</summary>
    KeepForever = 4,
}
