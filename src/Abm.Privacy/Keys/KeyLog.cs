using System.Diagnostics;
using System.Globalization;

namespace Abm.Privacy.Keys;

/// <summary>
/// A checksummed, append-only file of records that several processes may share. A write is acknowledged when the records
/// and then the head are on the disk; what a crash leaves behind the head is kept if whole and cut off if torn.
/// </summary>
/// <param name="folder">The folder; made if missing.</param>
/// <param name="name">The name of the log within the folder.</param>
/// <param name="clear">Forgets all records.</param>
/// <param name="apply">Takes a record into memory.</param>
internal sealed class KeyLog(string folder, string name, Action clear, Action<ReadOnlyMemory<byte>> apply) : IDisposable
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private KeyLogChain _chain = new();
    private int _generation;
    private long _offset;

    private string HeadPath => Path.Combine(folder, name + ".head");

    public async ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RefreshAsync(exclusive: false, cancellationToken).ConfigureAwait(false);
            return read();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Appends records that are chosen while no other process can write.</summary>
    public ValueTask<T> AppendAsync<T>(Func<IReadOnlyList<byte[]>> choose, Func<T> read, CancellationToken cancellationToken) =>
        WriteAsync(choose, AppendAsync, read, cancellationToken);

    /// <summary>Replaces all records, so that what is left out is gone from the file.</summary>
    public ValueTask<T> RewriteAsync<T>(Func<IReadOnlyList<byte[]>> choose, Func<T> read, CancellationToken cancellationToken) =>
        WriteAsync(choose, RewriteAsync, read, cancellationToken);

    public void Dispose() => _turn.Dispose();

    private string LogPath(int generation) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{generation}.log"));

    private async ValueTask<T> WriteAsync<T>(
        Func<IReadOnlyList<byte[]>> choose, Func<IReadOnlyList<byte[]>, Task> write, Func<T> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            PrivateFile.CreateFolder(folder);
            var fileLock = await LockAsync(cancellationToken).ConfigureAwait(false);
            await using (fileLock.ConfigureAwait(false))
            {
                await RefreshAsync(exclusive: true, cancellationToken).ConfigureAwait(false);
                try
                {
                    if (choose() is { Count: > 0 } records)
                    {
                        await write(records).ConfigureAwait(false); // not cancelled half way
                    }
                }
                catch
                {
                    Forget(); // memory may be ahead of the file: read it again
                    throw;
                }

                return read();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task AppendAsync(IReadOnlyList<byte[]> records)
    {
        var chain = _chain.Copy();
        byte[] lines = [.. records.SelectMany(record => chain.Append(record))];
        var stream = PrivateFile.Open(LogPath(_generation), FileMode.Open, FileShare.ReadWrite);
        await using (stream.ConfigureAwait(false))
        {
            stream.Position = _offset;
            await stream.WriteAsync(lines, CancellationToken.None).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }

        await WriteHeadAsync(new KeyLogHead(_generation, _offset + lines.Length, chain.Value)).ConfigureAwait(false);
        (_chain, _offset) = (chain, _offset + lines.Length);
        foreach (var record in records)
        {
            apply(record);
        }
    }

    private async Task RewriteAsync(IReadOnlyList<byte[]> records)
    {
        var chain = new KeyLogChain();
        byte[] lines = [.. records.SelectMany(record => chain.Append(record))];
        var old = LogPath(_generation);
        await PrivateFile.WriteAsync(LogPath(_generation + 1), lines, CancellationToken.None).ConfigureAwait(false);
        await WriteHeadAsync(new KeyLogHead(_generation + 1, lines.Length, chain.Value)).ConfigureAwait(false);
        File.Delete(old);
        (_chain, _generation, _offset) = (chain, _generation + 1, lines.Length);
        clear();
        foreach (var record in records)
        {
            apply(record);
        }
    }

    private async Task WriteHeadAsync(KeyLogHead head)
    {
        var temporary = HeadPath + ".tmp";
        await PrivateFile.WriteAsync(temporary, head.ToJson(), CancellationToken.None).ConfigureAwait(false);
        File.Move(temporary, HeadPath, overwrite: true);
    }

    /// <summary>Takes in what other processes have written since.</summary>
    private async ValueTask RefreshAsync(bool exclusive, CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = await ReadHeadAsync(exclusive, cancellationToken).ConfigureAwait(false);
            if (head is null)
            {
                return; // an empty store
            }

            if (head.Generation != _generation)
            {
                Forget();
                _generation = head.Generation;
            }

            try
            {
                var stream = new FileStream(LogPath(head.Generation), FileMode.Open, exclusive ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                await using (stream.ConfigureAwait(false))
                {
                    await ReadNewRecordsAsync(stream, head, exclusive, cancellationToken).ConfigureAwait(false);
                    return;
                }
            }
            catch (FileNotFoundException error)
            {
                // another process may have replaced the file since the head was read
                var now = await ReadHeadAsync(exclusive, cancellationToken).ConfigureAwait(false);
                if (now?.Generation == head.Generation)
                {
                    throw Damaged($"its file '{Path.GetFileName(error.FileName)}' is missing");
                }
            }
        }
    }

    private async ValueTask<KeyLogHead?> ReadHeadAsync(bool exclusive, CancellationToken cancellationToken)
    {
        if (File.Exists(HeadPath))
        {
            var json = await File.ReadAllBytesAsync(HeadPath, cancellationToken).ConfigureAwait(false);
            return KeyLogHead.TryParse(json) ?? throw Damaged($"'{name}.head' is not readable");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, name + ".*.log").Any(file => new FileInfo(file).Length > 0))
        {
            throw Damaged($"'{name}.head' is missing");
        }

        if (!exclusive)
        {
            return null;
        }

        // the head comes before the first record, so that a log without one is always a fault
        await PrivateFile.WriteAsync(LogPath(1), ReadOnlyMemory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        var first = new KeyLogHead(1, 0, new KeyLogChain().Value);
        await WriteHeadAsync(first).ConfigureAwait(false);
        return first;
    }

    private async ValueTask ReadNewRecordsAsync(FileStream stream, KeyLogHead head, bool exclusive, CancellationToken cancellationToken)
    {
        if (stream.Length < head.Length)
        {
            throw Damaged("it is shorter than what was stored");
        }

        stream.Position = _offset;
        var content = new byte[stream.Length - _offset];
        await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        var position = 0;
        while (content.AsSpan(position).IndexOf((byte)'\n') is var length and >= 0
            && _chain.TryRead(content.AsMemory(position, length), out var record))
        {
            apply(record);
            position += length + 1;
            _offset += length + 1;
            if (_offset == head.Length && !_chain.Value.AsSpan().SequenceEqual(head.Chain))
            {
                throw Damaged("its records are not the ones that were stored");
            }
        }

        if (_offset < head.Length)
        {
            throw Damaged("a record does not have its checksum");
        }

        if (exclusive && position < content.Length)
        {
            stream.SetLength(_offset); // torn by a crash before it was acknowledged
            stream.Flush(flushToDisk: true);
        }
    }

    private async ValueTask<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name + ".lock");
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException) && waited.Elapsed < LockTimeout)
            {
                await Task.Delay(LockRetry, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException error) when (waited.Elapsed >= LockTimeout)
            {
                throw new PrivacyException(
                    PrivacyErrorCode.KeyStoreLocked,
                    $"Another process has held the key store '{path}' for {LockTimeout.TotalSeconds:0} seconds. End it, or give each application a key folder of its own.",
                    error);
            }
        }
    }

    private void Forget()
    {
        clear();
        (_chain, _generation, _offset) = (new KeyLogChain(), 0, 0);
    }

    private PrivacyException Damaged(string why)
    {
        Forget();
        return new PrivacyException(
            PrivacyErrorCode.KeyStoreDamaged,
            $"The key store '{name}' in '{folder}' is damaged: {why}. Restore the whole folder from its backup; nothing was changed.");
    }
}
