namespace Abm.Privacy.Cryptography;

/// <summary>What is wrong with a certificate source before anything is loaded.</summary>
internal static class CertificateSourceFaults
{
    /// <summary>Lists every fault as a sentence about the option <paramref name="option"/>.</summary>
    public static IEnumerable<string> Of(CertificateSource source, string option)
    {
        var given = (source.Path is null ? 0 : 1) + (source.Thumbprint is null ? 0 : 1) + (source.Load is null ? 0 : 1);
        if (given != 1)
        {
            yield return $"{option} names {(given == 0 ? "no certificate" : "more than one certificate")}. Set one of Path and Thumbprint, or call Use(...).";
        }

        (string Name, string? Path)[] files =
        [
            (nameof(source.Path), source.Path),
            (nameof(source.KeyPath), source.KeyPath),
            (nameof(source.PasswordFile), source.PasswordFile),
        ];
        foreach (var (name, path) in files)
        {
            if (path is not null && !File.Exists(path))
            {
                yield return $"{option}.{name} '{path}' does not exist. Mount the file, or correct the path.";
            }
        }

        if (source.Path is null && source.KeyPath is not null)
        {
            yield return $"{option}.KeyPath is set without Path. Set Path to the certificate's PEM file.";
        }

        if (source.Password is not null && source.PasswordFile is not null)
        {
            yield return $"{option} has both Password and PasswordFile. Set one of them.";
        }

        if (source.Path is null && (source.Password ?? source.PasswordFile) is not null)
        {
            yield return $"{option} has a password without a Path. Remove it, or set Path.";
        }

        if (source.Thumbprint is { } thumbprint && (thumbprint.Length is not (40 or 64) || !thumbprint.All(char.IsAsciiHexDigit)))
        {
            yield return $"{option}.Thumbprint is not 40 or 64 hexadecimal digits. Copy the certificate's SHA-256 thumbprint, without spaces.";
        }

        if (!Enum.IsDefined(source.StoreLocation))
        {
            yield return $"{option}.StoreLocation is not a store location. Set CurrentUser or LocalMachine.";
        }
    }
}
