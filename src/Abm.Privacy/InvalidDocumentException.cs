namespace Abm.Privacy;

/// <summary>
/// A policy or schedule document cannot be loaded. The message names the file and lists every fault with line and
/// JSON pointer; nothing of the document is in use.
/// </summary>
public sealed class InvalidDocumentException : PrivacyException
{
    /// <summary>Creates an error without details.</summary>
    public InvalidDocumentException()
    {
    }

    /// <summary>Creates an error without details.</summary>
    /// <param name="message">What happened and what to do.</param>
    public InvalidDocumentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error without details.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidDocumentException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an error.</summary>
    /// <param name="code">The stable code: which kind of document it is.</param>
    /// <param name="source">The file's path, or a name for a document that is not a file.</param>
    /// <param name="faults">Every fault, in document order; at least one.</param>
    public InvalidDocumentException(PrivacyErrorCode code, string source, IReadOnlyList<DocumentFault> faults)
        : base(code, Describe(source, faults))
    {
        DocumentSource = source;
        Faults = faults;
    }

    /// <summary>The file's path, or a name for a document that is not a file.</summary>
    public string? DocumentSource { get; }

    /// <summary>Every fault, in document order.</summary>
    public IReadOnlyList<DocumentFault> Faults { get; } = [];

    private static string Describe(string source, IReadOnlyList<DocumentFault> faults)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(faults);
        return $"'{source}' cannot be loaded. {string.Join(" | ", faults)}";
    }
}
