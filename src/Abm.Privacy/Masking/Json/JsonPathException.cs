namespace Abm.Privacy.Masking.Json;

/// <summary>The path of a masking rule does not parse. The message says where and how to mend it.</summary>
public sealed class JsonPathException : ArgumentException
{
    /// <summary>Creates an error without a position.</summary>
    public JsonPathException()
    {
    }

    /// <summary>Creates an error without a position.</summary>
    /// <param name="message">What is wrong.</param>
    public JsonPathException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error without a position.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public JsonPathException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal JsonPathException(string path, int position, string problem, string parameter)
        : base(Describe(path, position, problem), parameter)
    {
        Position = position;
    }

    /// <summary>The index of the first UTF-16 character of the path that does not fit.</summary>
    public int Position { get; }

    internal static string Describe(string path, int position, string problem) =>
        $"The path '{path}' of a masking rule does not parse at position {position}: {problem}";
}
