namespace Abm.Privacy.Consent;

/// <summary>Which policy decided.</summary>
/// <param name="Id">The policy's id; several policies are joined by <c>+</c>.</param>
/// <param name="Version">The policy's version; several are joined by <c>+</c>.</param>
/// <param name="Sha256">The SHA-256 of the document's bytes in lower-case hexadecimal; for several, of their hashes in ordinal order.</param>
public sealed record PolicyReference(string Id, string Version, string Sha256)
{
    /// <summary>Id and version.</summary>
    /// <returns>For example <c>abm-default 1.2</c>.</returns>
    public override string ToString() => $"{Id} {Version}";
}
