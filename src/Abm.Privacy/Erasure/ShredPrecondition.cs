namespace Abm.Privacy.Erasure;

/// <summary>A precondition and whether it holds.</summary>
/// <param name="Code">Which one.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Detail">What shows it, or what is missing and how to mend it.</param>
public sealed record ShredPrecondition(ShredPreconditionCode Code, bool Holds, string Detail);
