namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>What is known of a block of 64 bytes in which something is looked at alone, one bit a byte.</summary>
internal ref struct StructuralBits
{
    /// <summary>Colons outside strings.</summary>
    public ulong Colons;

    /// <summary>Opening brackets outside strings.</summary>
    public ulong Opens;

    /// <summary>Closing brackets outside strings.</summary>
    public ulong Closes;

    /// <summary>The quotes that open strings.</summary>
    public ulong OpenQuotes;

    /// <summary>The quotes that open strings in the block before; none if this is not known.</summary>
    public ulong OpenQuotesBefore;

    /// <summary>The bytes that do not fit together with what is before them.</summary>
    public ulong Errors;

    /// <summary>Whether a string that ends in the block may hold an escape.</summary>
    public bool MayBeEscaped;
}
