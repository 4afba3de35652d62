using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Leaks;

/// <summary>Where classified values leave the application in clear.</summary>
internal static class LeakRules
{
    /// <summary>The property of a diagnostic that holds the data class.</summary>
    public const string DataClassProperty = "DataClass";

    public static readonly DiagnosticDescriptor Log = Rule(
        "ABMP020",
        "A classified value goes into a log",
        "{0} is classified as '{1}' and goes into a log in clear. Wrap it: Mask.Lazy masks it when the line is written.",
        "A log is read by more people, and kept longer, than the data it speaks of.");

    public static readonly DiagnosticDescriptor Interpolation = Rule(
        "ABMP021",
        "A classified value goes into an interpolated string",
        "{0} is classified as '{1}' and goes into a text in clear. Wrap it in Mask.Lazy; if the text is meant for the person or a store, suppress this and say why.",
        "What a text holds is no longer seen by anything that masks by class. Texts are also made for the person, for keys and for stores: so this is a suggestion, unless the text goes into a log or an exception.",
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor Exception = Rule(
        "ABMP022",
        "A classified value goes into an exception's message",
        "{0} is classified as '{1}' and goes into an exception in clear. Mask it, or name the record by an id that is no personal data.",
        "Exceptions end in logs and in error reports.");

    public static readonly DiagnosticDescriptor Revealed = Rule(
        "ABMP023",
        "A revealed value goes into a log",
        "{0} is revealed and goes into a log in clear. Log the protected value itself, which shows a placeholder, or wrap the clear one in Mask.Lazy.",
        "A protected value is stored encrypted; its clear value in a log undoes that.");

    private static DiagnosticDescriptor Rule(string id, string title, string message, string description, DiagnosticSeverity severity = DiagnosticSeverity.Warning) =>
        new(id, title, message, "Abm.Privacy", severity, isEnabledByDefault: true, description);
}
