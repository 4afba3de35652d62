namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>The properties that hold an entity's tenant and subject, and those that make its record's text; none for the owner's.</summary>
internal sealed record BindingNames(string? Tenant, string? Subject, IReadOnlyList<string> Record)
{
    public static BindingNames Parse(string text)
    {
        var parts = text.Split('\n');
        return new BindingNames(parts[0].Length == 0 ? null : parts[0], parts[1].Length == 0 ? null : parts[1], parts[2..]);
    }

    /// <summary>The form of an annotation.</summary>
    public string ToAnnotation() => string.Join('\n', [Tenant ?? "", Subject ?? "", .. Record]);
}
