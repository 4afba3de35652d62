using System.Diagnostics;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Masking.Views;

/// <summary>That somebody is about to see a value in clear: who, what kind of value, whose. Never the value.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ClearView
{
    internal ClearView(IReadOnlyList<string> roles, DataClass dataClass, ViewRequest request) =>
        (Roles, DataClass, Viewer, Subject) = (roles, dataClass, request.Viewer, request.Subject);

    /// <summary>The roles that were asked for.</summary>
    public IReadOnlyList<string> Roles { get; }

    /// <summary>What the value is.</summary>
    public DataClass DataClass { get; }

    /// <summary>Who looks, as the application named them; null if it did not.</summary>
    public string? Viewer { get; }

    /// <summary>Whose value it is; null if the application did not say.</summary>
    public SubjectId? Subject { get; }

    /// <summary>The roles and the class.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{string.Join(", ", Roles)}: {DataClass}";
}
