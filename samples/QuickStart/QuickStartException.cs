namespace QuickStart;

/// <summary>An error that the user can mend. Its message is one paragraph that says what to do, and holds no value of a row.</summary>
internal sealed class QuickStartException(ExitCodes exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExitCodes ExitCode { get; } = exitCode;
}
