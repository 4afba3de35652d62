namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>Whether an engine follows paths, known to the compiler: rules of names alone pay nothing for paths.</summary>
internal interface IRuleMode
{
    static abstract bool HasPaths { get; }
}

/// <summary>All rules are names at any depth.</summary>
internal readonly struct NamesOnly : IRuleMode
{
    public static bool HasPaths => false;
}

/// <summary>Some rules are paths.</summary>
internal readonly struct WithPaths : IRuleMode
{
    public static bool HasPaths => true;
}
