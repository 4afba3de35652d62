using System.Collections.Concurrent;
using System.Text;

namespace Abm.Privacy.Consent.Records;

/// <summary>
/// An archive in a folder: a document as <c>&lt;hash&gt;.json</c>, byte for byte; a policy that was joined from several as <c>&lt;hash&gt;.parts</c>, with the hash
/// of a part on each line. What is read is checked against its name.
/// </summary>
public sealed class DirectoryPolicyArchive : IPolicyArchive
{
    private const int MaxRemembered = 64;
    private const int MaxDepth = 16; // altered files might name each other in a circle

    private readonly ConcurrentDictionary<string, ConsentPolicy> _read = new(StringComparer.Ordinal);
    private readonly string _folder;

    /// <summary>Creates an archive.</summary>
    /// <param name="folder">The folder; it is made when something is saved.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public DirectoryPolicyArchive(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(ConsentPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        foreach (var part in policy.Parts)
        {
            await SaveAsync(part, cancellationToken).ConfigureAwait(false);
        }

        var content = policy.Parts.Count == 0 ? policy.Document : Encoding.ASCII.GetBytes(string.Join('\n', policy.Parts.Select(part => part.Reference.Sha256)));
        try
        {
            Directory.CreateDirectory(_folder);
            await WriteAsync(Path.Combine(_folder, policy.Reference.Sha256 + (policy.Parts.Count == 0 ? ".json" : ".parts")), content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ConsentPolicy?> FindAsync(string sha256, CancellationToken cancellationToken = default)
    {
        PolicyHashes.ThrowIfInvalid(sha256);
        return await FindAsync(sha256, MaxDepth, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ConsentPolicy?> FindAsync(string sha256, int depth, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(sha256, out var known))
        {
            return known;
        }

        string? path;
        byte[] content;
        try
        {
            path = Directory.Exists(_folder)
                ? Directory.EnumerateFiles(_folder, sha256 + "*").FirstOrDefault(file => Path.GetExtension(file) is ".json" or ".parts" && Path.GetFileNameWithoutExtension(file).Length == PolicyHashes.Length)
                : null;
            if (path is null)
            {
                return null;
            }

            content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(error);
        }

        var policy = await ReadAsync(path, content, depth, cancellationToken).ConfigureAwait(false);
        if (_read.Count < MaxRemembered)
        {
            _read.TryAdd(sha256, policy);
        }

        return policy;
    }

    private async ValueTask<ConsentPolicy> ReadAsync(string path, byte[] content, int depth, CancellationToken cancellationToken)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        try
        {
            var policy = Path.GetExtension(path) == ".json"
                ? ConsentPolicy.Parse(content, path)
                : ConsentPolicy.Combine(await PartsAsync(name, Encoding.ASCII.GetString(content), depth - 1, cancellationToken).ConfigureAwait(false));
            return policy.Reference.Sha256 == name ? policy : throw Damaged(name, null);
        }
        catch (InvalidDocumentException error)
        {
            throw Damaged(name, error);
        }
    }

    private async ValueTask<IReadOnlyList<ConsentPolicy>> PartsAsync(string name, string lines, int depth, CancellationToken cancellationToken)
    {
        var parts = new List<ConsentPolicy>();
        foreach (var hash in lines.Split('\n'))
        {
            if (depth == 0 || hash.Length != PolicyHashes.Length || !hash.All(char.IsAsciiHexDigitLower))
            {
                throw Damaged(name, null);
            }

            parts.Add(await FindAsync(hash, depth, cancellationToken).ConfigureAwait(false) ?? throw Damaged(name, null));
        }

        return parts;
    }

    /// <summary>Whole or not at all: another process may write the same policy at the same time.</summary>
    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            return;
        }

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, content, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static PrivacyException Unavailable(Exception error) => new(
        PrivacyErrorCode.PolicyArchiveUnavailable, "The folder of the policy archive cannot be read or written. Make it, and allow this process to use it; the inner exception says more.", error);

    private static PrivacyException Damaged(string hash, Exception? error) => new(
        PrivacyErrorCode.PolicyArchiveDamaged, $"The policy archive does not hold the policy {hash} as it was saved. Restore its files from a backup.", error);
}
