using Abm.Privacy.Keys;

namespace Abm.Privacy.Erasure;

/// <summary>Checks what must hold before destroying keys counts as erasing data.</summary>
internal sealed class ShredPreconditions(ErasureOptions options, int places)
{
    public IReadOnlyList<ShredPrecondition> Check(IReadOnlyList<ShredKey> keys, IReadOnlyList<ShredArtefact> artefacts, bool afterwards) =>
        [EncryptedSinceFirstWrite(keys), KeyScope(), KeyCopies(keys, afterwards), NoClearCopies(artefacts, afterwards)];

    /// <summary>From when on no copy of an old tenant key is left; null if a backup's retention is not known.</summary>
    public DateTimeOffset? FindIrrecoverableSince(ShredEpochResult epoch)
    {
        var lastCopy = TimeSpan.Zero;
        foreach (var backup in options.KeyBackups)
        {
            if (backup.Retention is not { } retention)
            {
                return null;
            }

            lastCopy = retention > lastCopy ? retention : lastCopy;
        }

        var copiesGone = epoch.ClosedAt + lastCopy;
        return options.KeyBackups.Count == 0 && !options.NoKeyBackups ? null
            : copiesGone > epoch.UnusableEverywhereAt ? copiesGone
            : epoch.UnusableEverywhereAt;
    }

    private static ShredPrecondition KeyScope() => new(
        ShredPreconditionCode.KeyScopeIsSubject, true, "Each key is random, of the usage field, and bound to this one subject by its wrapping.");

    private ShredPrecondition NoClearCopies(IReadOnlyList<ShredArtefact> artefacts, bool afterwards)
    {
        if (places == 0)
        {
            return options.NoDerivedValues
                ? new(ShredPreconditionCode.NoClearCopies, true, "The application declares that nothing is derived from subjects under other keys.")
                : new(ShredPreconditionCode.NoClearCopies, false, "No place of derived values is registered, so none was asked. Register each as an IDerivedArtefactSource, or set NoDerivedValues.");
        }

        // before the shredding, what it will erase is no obstacle
        var left = artefacts.Where(entry => entry.Artefact.Kind == DerivedArtefactKind.ClearCopy || entry.IsErased)
            .Where(entry => afterwards || !entry.IsErased).Select(entry => entry.Artefact.Location).Distinct().ToList();
        return left.Count == 0
            ? new(ShredPreconditionCode.NoClearCopies, true, afterwards ? "No registered place holds a clear or unerased value of the subject." : "Every registered clear copy will be erased.")
            : new(ShredPreconditionCode.NoClearCopies, false, $"Values of the subject remain in: {string.Join(", ", left)}. Erase them there.");
    }

    private ShredPrecondition EncryptedSinceFirstWrite(IReadOnlyList<ShredKey> keys) => (keys.Count, options.EncryptedSinceFirstWrite) switch
    {
        (0, _) => new(
            ShredPreconditionCode.EncryptedSinceFirstWrite, false, "The subject never had a key, so nothing of it was encrypted. Delete its records instead."),
        (_, { Length: > 0 } declared) => new(ShredPreconditionCode.EncryptedSinceFirstWrite, true, declared),
        _ => new(
            ShredPreconditionCode.EncryptedSinceFirstWrite,
            false,
            "Nobody declares that the data was never stored in clear. Set EncryptedSinceFirstWrite when it is true; otherwise delete the records and their old copies."),
    };

    private ShredPrecondition KeyCopies(IReadOnlyList<ShredKey> keys, bool afterwards)
    {
        if (afterwards && keys.Any(key => key.State != KeyState.Destroyed))
        {
            return new(ShredPreconditionCode.KeyCopiesAccounted, false, "The key store still holds a key of the subject. Repeat the shredding.");
        }

        if (options.KeyBackups.Count == 0)
        {
            return options.NoKeyBackups
                ? new(ShredPreconditionCode.KeyCopiesAccounted, true, "The application declares that tenant keys are not backed up.")
                : new(ShredPreconditionCode.KeyCopiesAccounted, false, "No backup of the tenant keys is registered. Add each to KeyBackups, or set NoKeyBackups.");
        }

        var unknown = options.KeyBackups.Where(backup => backup.Retention is null).Select(backup => backup.Name).ToList();
        return unknown.Count == 0
            ? new(ShredPreconditionCode.KeyCopiesAccounted, true, $"Backups of tenant keys and their retention: {string.Join(", ", options.KeyBackups.Select(backup => $"{backup.Name} {backup.Retention}"))}.")
            : new(ShredPreconditionCode.KeyCopiesAccounted, false, $"It is not known when these backups of tenant keys are gone: {string.Join(", ", unknown)}. Set their Retention.");
    }
}
