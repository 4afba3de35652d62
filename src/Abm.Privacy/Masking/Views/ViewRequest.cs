using System.Diagnostics;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Masking.Views;

/// <summary>Who looks, and at whom.</summary>
[DebuggerDisplay("View request")]
public sealed class ViewRequest
{
    /// <summary>Called before each value is shown in clear. If it throws, the value is not shown.</summary>
    /// <value>The default is null: then no value is shown in clear, and those that would be are hidden.</value>
    public Action<ClearView>? Audit { get; init; }

    /// <summary>Who looks, for the audit: an opaque id of the user.</summary>
    /// <value>The default is null.</value>
    public string? Viewer { get; init; }

    /// <summary>Whose values are looked at, for the audit.</summary>
    /// <value>The default is null.</value>
    public SubjectId? Subject { get; init; }

    /// <summary>Makes the pseudonyms of the level <see cref="ViewLevel.Pseudonym"/>; it stays the caller's to dispose.</summary>
    /// <value>The default is null: values of that level are hidden.</value>
    public IViewPseudonyms? Pseudonyms { get; init; }
}
