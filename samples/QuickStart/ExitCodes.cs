namespace QuickStart;

/// <summary>What the process answers, so that a script can branch on it.</summary>
internal enum ExitCodes
{
    Success = 0,

    /// <summary>An error that this program does not foresee.</summary>
    Unexpected = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>An input file is missing, unreadable or unusable.</summary>
    Input = 3,

    /// <summary>The output folder or a file in it cannot be written.</summary>
    Output = 4,

    /// <summary>A key, policy or schedule cannot be used.</summary>
    Privacy = 5,

    /// <summary>Stored values are not the ones that were stored.</summary>
    Integrity = 6,

    /// <summary>The user pressed Ctrl+C.</summary>
    Canceled = 130,
}
