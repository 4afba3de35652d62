namespace Abm.Privacy.Masking.Json.Rules;

/// <summary>One step of a path: a name, an index, or anything.</summary>
/// <param name="Descends">Whether it may be taken at any depth below the step before it.</param>
/// <param name="Name">The member's name; null if it is no name.</param>
/// <param name="Index">The element's index; null if it is no index.</param>
internal readonly record struct PathStep(bool Descends, string? Name, int? Index)
{
    public bool IsWildcard => Name is null && Index is null;
}
