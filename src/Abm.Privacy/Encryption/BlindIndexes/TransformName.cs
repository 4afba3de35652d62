using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>The one rule for the names of transforms: they end in a version, because a changed transform is another one.</summary>
internal static class TransformName
{
    public static void ThrowIfInvalid(string id)
    {
        OpaqueId.ThrowIfInvalid(id, nameof(id));
        var version = id.LastIndexOf("-v", StringComparison.Ordinal);
        if (version < 1
            || id.Length == version + 2
            || id[version + 2] == '0'
            || id.AsSpan(version + 2).ContainsAnyExceptInRange('0', '9')
            || !DottedName.IsValid(id)
            || id.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException("The transform's Id must be lower-case letters, digits and hyphens and end in a version, for example 'customer-number-v1'.", nameof(id));
        }
    }
}
