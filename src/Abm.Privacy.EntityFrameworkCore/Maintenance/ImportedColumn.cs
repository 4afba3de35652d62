namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>A clear column and the protected one that it goes into.</summary>
internal sealed record ImportedColumn(EntityTableField Target, string Source, bool IsText, bool IsKept)
{
    public EntityWrite ToWrite() => new(Target.Column!, Source, IsKept ? null : Source, IsText, Target.Indexes);
}
