using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>Why no masking is generated for a type. Nothing that could be called is there then, so nothing stays clear unseen.</summary>
internal static class MaskingRules
{
    public static readonly DiagnosticDescriptor NoConstruction = Rule(
        "ABMP010",
        "A masked copy cannot be made",
        "No masking is generated for {0}: {1}",
        "A masked copy is a new object: every member that it holds must be settable from outside, by a constructor's parameter of its name or by an accessible set or init accessor.");

    public static readonly DiagnosticDescriptor UnsupportedMember = Rule(
        "ABMP011",
        "A classified member's type cannot be masked",
        "No masking is generated for {0}: {1}",
        "A classified member must be a text, a number, a date or another value with an invariant text, an object of the application, or a collection or dictionary of these.");

    public static readonly DiagnosticDescriptor Inaccessible = Rule(
        "ABMP012",
        "A classified type cannot be reached by generated code",
        "No masking is generated for {0}: {1}",
        "The generated methods stand beside the type, so it must be public or internal with everything it stands in, and no ref struct.");

    public static readonly DiagnosticDescriptor NoDataClass = Rule(
        "ABMP013",
        "The name is not a data class",
        "No masking is generated for {0}: {1}",
        "A data class has lower-case parts joined by dots, such as contact.email.");

    public static DiagnosticDescriptor ById(string id) => id switch
    {
        "ABMP010" => NoConstruction,
        "ABMP011" => UnsupportedMember,
        "ABMP012" => Inaccessible,
        _ => NoDataClass,
    };

    // a type that nobody masks goes on building: without a generated method there is nothing to call
    private static DiagnosticDescriptor Rule(string id, string title, string message, string description) =>
        new(id, title, message, "Abm.Privacy", DiagnosticSeverity.Warning, isEnabledByDefault: true, description);
}
