namespace Abm.Privacy.Generators.Leaks;

/// <summary>Where a value ends.</summary>
internal enum Sink
{
    None,
    Text,
    Exception,
    Log,
}
