namespace Abm.Privacy;

/// <summary>One thing that is wrong in a policy or schedule document, with its place and how to mend it.</summary>
/// <param name="JsonPointer">The JSON pointer (RFC 6901) of the faulty value; empty for the whole document.</param>
/// <param name="Line">The line of the faulty value, counted from 1.</param>
/// <param name="Problem">What is wrong, as a sentence.</param>
/// <param name="Mend">What to write instead, as a sentence.</param>
public sealed record DocumentFault(string JsonPointer, int Line, string Problem, string Mend)
{
    /// <summary>The fault in one line.</summary>
    /// <returns>Line, pointer, problem and mend.</returns>
    public override string ToString() =>
        $"line {Line}, {(JsonPointer.Length == 0 ? "document" : JsonPointer)}: {Problem} {Mend}";
}
