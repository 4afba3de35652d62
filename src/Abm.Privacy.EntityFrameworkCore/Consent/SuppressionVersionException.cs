namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// Takes a transaction back, and its locks with it, that began under another version of the suppression key than the stored hashes are of: it is begun again. No caller of
/// the ledger sees it.
/// </summary>
internal sealed class SuppressionVersionException(SuppressionVersions stored) : Exception("The suppression key was rotated meanwhile.")
{
    public SuppressionVersions Stored => stored;
}
