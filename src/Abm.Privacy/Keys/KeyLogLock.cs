using System.Diagnostics;

namespace Abm.Privacy.Keys;

/// <summary>The lock file of a key log: one writer at a time, over all processes.</summary>
internal sealed class KeyLogLock(string path)
{
    // EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows
    private static readonly int[] Contention = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);

    private bool _verified;

    /// <summary>Takes the lock; disposing the stream gives it back.</summary>
    public async ValueTask<FileStream> TakeAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var held = Open();
                _verified = _verified || Verify(held);
                return held;
            }
            catch (IOException error) when (Contention.Contains(error.HResult))
            {
                if (waited.Elapsed >= Timeout)
                {
                    throw new PrivacyException(
                        PrivacyErrorCode.KeyStoreLocked,
                        $"Another process has held the key store '{path}' for {Timeout.TotalSeconds:0} seconds. End it, or give each application a key folder of its own.",
                        error);
                }
            }

            await Task.Delay(Retry, cancellationToken).ConfigureAwait(false);
        }
    }

    private FileStream Open() => PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.None);

    /// <summary>A lock that can be taken twice is none: the file system or a runtime switch has turned locking off.</summary>
    private bool Verify(FileStream held)
    {
        try
        {
            Open().Dispose();
        }
        catch (IOException error) when (Contention.Contains(error.HResult))
        {
            return true;
        }

        held.Dispose();
        throw new PrivacyException(
            PrivacyErrorCode.KeyStoreUnavailable,
            $"Files cannot be locked in '{Path.GetDirectoryName(path)}', so two writers could destroy the key store. Use a local file system, and do not set DOTNET_SYSTEM_IO_DISABLEFILELOCKING.");
    }
}
