namespace Abm.Privacy.Classification;

/// <summary>What a protected value holds.</summary>
public enum ProtectedState
{
    /// <summary>A clear value that was assigned and has no envelope yet.</summary>
    Pending = 1,

    /// <summary>An envelope alone, as it was stored.</summary>
    Sealed = 2,

    /// <summary>An envelope and its clear value.</summary>
    Revealed = 3,
}
