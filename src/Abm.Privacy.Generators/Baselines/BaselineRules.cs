using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>What is reported about a baseline. The running model says the same, where the compiler cannot see it.</summary>
internal static class BaselineRules
{
    private const string Category = "Abm.Privacy";

    public static readonly DiagnosticDescriptor Stale = new(
        "ABMP001",
        "The baseline names what the code has not any more",
        "The baseline names {0} ({1}), {2}. If it was renamed, write its new name into the baseline and keep the frozen one; if it is gone for good, take the line out.",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Stored values are bound to frozen names. The baseline says which class and property has which.",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Missing = new(
        "ABMP002",
        "A protected property is not in the baseline",
        "{0} is protected and not in the baseline. If it was renamed, rename its line in the baseline and keep the frozen name; if it is new, add \"{1}\": \"{2}\" under {3}.",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Every protected property of an entity in the baseline has a line there.",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Contradiction = new(
        "ABMP003",
        "A frozen name in the code contradicts the baseline",
        "{0} is named {1} by its attribute, and {2} in the baseline. What is stored opens under the old name only: keep it.",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A frozen name is bound into every stored value.",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Unreadable = new(
        "ABMP004",
        "The baseline cannot be read",
        "The baseline cannot be read: {0}. Write the text that PrivacyModel.Of(context).ToJson() prints.",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A baseline is the text that PrivacyModel.Of(context).ToJson() printed.");
}
