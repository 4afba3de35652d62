namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>The frozen names of a protected property.</summary>
internal sealed record FieldName(string Scope, string Entity, string Field)
{
    public static FieldName Parse(string text) => text.Split('\n') is [var scope, var entity, var field]
        ? new FieldName(scope, entity, field)
        : throw new InvalidOperationException("The model's privacy annotations were changed by hand.");

    /// <summary>The form of an annotation.</summary>
    public string ToAnnotation() => $"{Scope}\n{Entity}\n{Field}";

    public override string ToString() => $"{Scope}/{Entity}/{Field}";
}
