namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>What a call of a key store does to the database.</summary>
internal enum KeyWork
{
    /// <summary>Reads, in one statement or more.</summary>
    Read,

    /// <summary>Writes, all or none; a second time does no harm.</summary>
    Write,

    /// <summary>Writes, all or none; not repeated by itself, because its answer depends on the first time.</summary>
    WriteOnce,
}
