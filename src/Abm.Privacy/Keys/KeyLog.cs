using System.Text.Json;

namespace Abm.Privacy.Keys;

/// <summary>
/// A checksummed, append-only file of records that several processes may share. A write is acknowledged when the records
/// and then the head are on the disk. What a crash leaves behind the head, all of a write or nothing, is kept if whole and cut off
/// if torn; until then nobody sees it.
/// </summary>
/// <param name="folder">The folder; made if missing.</param>
/// <param name="name">The name of the log within the folder.</param>
/// <param name="clear">Forgets all records.</param>
/// <param name="apply">Takes a record, or a JSON array of records that were written together, into memory.</param>
internal sealed class KeyLog(string folder, string name, Action clear, Action<ReadOnlyMemory<byte>> apply) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly KeyLogLock _lock = new(Path.Combine(folder, name + ".lock"));
    private KeyLogChain _chain = new();
    private string? _generation;
    private long _offset;

    public long Length => Volatile.Read(ref _offset); // as this process last saw it

    private string HeadPath => Path.Combine(folder, name + ".head");

    public async ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RefreshAsync(exclusive: false, cancellationToken).ConfigureAwait(false);
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unavailable("read", error);
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

    private string LogPath(string generation) => Path.Combine(folder, $"{name}.{generation}.log");

    private async ValueTask<T> WriteAsync<T>(
        Func<IReadOnlyList<byte[]>> choose, Func<IReadOnlyList<byte[]>, Task> write, Func<T> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            PrivateFile.CreateFolder(folder);
            var held = await _lock.TakeAsync(cancellationToken).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
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
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unavailable("written", error);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task AppendAsync(IReadOnlyList<byte[]> records)
    {
        var chain = _chain.Copy();
        var lines = chain.AppendTogether(records);
        var stream = PrivateFile.Open(LogPath(_generation!), FileMode.Open, FileShare.ReadWrite);
        await using (stream.ConfigureAwait(false))
        {
            stream.Position = _offset;
            await stream.WriteAsync(lines, CancellationToken.None).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }

        await WriteHeadAsync(new KeyLogHead(_generation!, _offset + lines.Length, chain.Value)).ConfigureAwait(false);
        (_chain, _offset) = (chain, _offset + lines.Length);
        foreach (var record in records)
        {
            apply(record);
        }
    }

    private async Task RewriteAsync(IReadOnlyList<byte[]> records)
    {
        var chain = new KeyLogChain();
        var lines = chain.AppendAll(records);
        var head = KeyLogHead.New() with { Length = lines.Length, Chain = chain.Value };
        await PrivateFile.WriteAsync(LogPath(head.Generation), lines, CancellationToken.None).ConfigureAwait(false);
        await WriteHeadAsync(head).ConfigureAwait(false);
        DeleteOtherFiles(head.Generation);
        (_chain, _generation, _offset) = (chain, head.Generation, lines.Length);
        clear();
        foreach (var record in records)
        {
            apply(record);
        }
    }

    /// <summary>Whatever a crash left of an earlier rewrite: a destroyed key must not survive in it.</summary>
    private void DeleteOtherFiles(string generation)
    {
        foreach (var file in Directory.GetFiles(folder, name + ".*.log").Where(file => file != LogPath(generation)))
        {
            File.Delete(file);
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
        var head = await ReadHeadAsync(exclusive, cancellationToken).ConfigureAwait(false);
        while (head is not null)
        {
            if (head.Generation != _generation)
            {
                Forget();
                _generation = head.Generation;
            }

            var fault = await TryReadRecordsAsync(head, exclusive, cancellationToken).ConfigureAwait(false);
            if (fault is not null && _offset > 0)
            {
                // the file may have been restored under this process: what memory holds counts for nothing
                Forget();
                _generation = head.Generation;
                fault = await TryReadRecordsAsync(head, exclusive, cancellationToken).ConfigureAwait(false);
            }

            if (fault is null)
            {
                if (exclusive)
                {
                    DeleteOtherFiles(head.Generation);
                }

                return;
            }

            // another process may have replaced the file since the head was read
            var now = await ReadHeadAsync(exclusive, cancellationToken).ConfigureAwait(false);
            head = now?.Generation != head.Generation ? now : throw Damaged(fault);
        }

        if (_generation is not null)
        {
            Forget(); // the folder was emptied
        }
    }

    private async ValueTask<KeyLogHead?> ReadHeadAsync(bool exclusive, CancellationToken cancellationToken)
    {
        var orphaned = !File.Exists(HeadPath) && Directory.Exists(folder)
            && Directory.EnumerateFiles(folder, name + ".*.log").Any(file => new FileInfo(file) is { Exists: true, Length: > 0 });
        if (File.Exists(HeadPath)) // asked again: it may have been written while the folder was searched
        {
            var json = await File.ReadAllBytesAsync(HeadPath, cancellationToken).ConfigureAwait(false);
            return KeyLogHead.TryParse(json) ?? throw Damaged($"'{name}.head' is not readable");
        }

        if (orphaned)
        {
            throw Damaged($"'{name}.head' is missing");
        }

        if (!exclusive)
        {
            return null;
        }

        // the head comes before the first record, so that a log without one is always a fault
        var first = KeyLogHead.New();
        await PrivateFile.WriteAsync(LogPath(first.Generation), ReadOnlyMemory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        await WriteHeadAsync(first).ConfigureAwait(false);
        return first;
    }

    /// <summary>Reads from where memory ends; returns what is wrong with the file, or null.</summary>
    private async ValueTask<string?> TryReadRecordsAsync(KeyLogHead head, bool exclusive, CancellationToken cancellationToken)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(
                LogPath(head.Generation), FileMode.Open, exclusive ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return "its file is missing";
        }

        await using (stream.ConfigureAwait(false))
        {
            // without the lock nothing behind the head counts: it may not be on the disk yet
            var end = exclusive ? stream.Length : head.Length;
            if (stream.Length < head.Length || end < _offset)
            {
                return "it is shorter than what was stored";
            }

            stream.Position = _offset;
            var content = new byte[end - _offset];
            await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
            if (TakeRecords(content, head) is { } fault)
            {
                return fault;
            }

            if (exclusive && stream.Length > head.Length)
            {
                stream.SetLength(_offset); // what is torn was never acknowledged
                stream.Flush(flushToDisk: true);
                await WriteHeadAsync(new KeyLogHead(head.Generation, _offset, _chain.Value)).ConfigureAwait(false);
            }
        }

        return null;
    }

    private string? TakeRecords(byte[] content, KeyLogHead head)
    {
        var position = 0;
        while (content.AsSpan(position).IndexOf((byte)'\n') is var length and >= 0
            && _chain.TryRead(content.AsMemory(position, length), out var record))
        {
            try
            {
                apply(record);
            }
            catch (Exception error) when (error is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
            {
                return "a record is not readable by this version";
            }

            position += length + 1;
            _offset += length + 1;
            if (_offset == head.Length && !_chain.Value.AsSpan().SequenceEqual(head.Chain))
            {
                return "its records are not the ones that were stored";
            }
        }

        return _offset < head.Length ? "a record does not have its checksum" : null;
    }

    private void Forget()
    {
        clear();
        (_chain, _generation, _offset) = (new KeyLogChain(), null, 0);
    }

    private PrivacyException Damaged(string why)
    {
        Forget();
        return new PrivacyException(
            PrivacyErrorCode.KeyStoreDamaged,
            $"The key store '{name}' in '{folder}' is damaged: {why}. Restore the whole folder from its backup; nothing was changed.");
    }

    private PrivacyException Unavailable(string done, Exception error) => new(
        PrivacyErrorCode.KeyStoreUnavailable,
        $"The key store '{name}' in '{folder}' cannot be {done}. Check that the folder is mounted, has room, and allows this process to read and write.",
        error);
}
