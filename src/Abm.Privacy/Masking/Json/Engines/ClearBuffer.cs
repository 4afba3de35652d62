using System.Buffers;
using System.IO.Pipelines;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>Input that waits to be masked, in one piece. Memory goes back to the pool cleared.</summary>
internal sealed class ClearBuffer : IDisposable
{
    private const int MinLength = 4096;
    private const int MaxTaken = 1024 * 1024;

    private byte[] _bytes;
    private int _start;
    private int _end;

    public ClearBuffer(int length = MinLength) => _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(length, MinLength));

    public int Length => _end - _start;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(_start, Length);

    public Span<byte> Free => _bytes.AsSpan(_end);

    public void Advance(int count) => _end += count;

    /// <summary>Forgets bytes at the start.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>Takes over what a pipe has to offer now.</summary>
    /// <returns>False if the pipe has ended.</returns>
    /// <exception cref="OperationCanceledException">Reading was canceled by the token or through the pipe.</exception>
    public async ValueTask<bool> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (result.IsCanceled)
        {
            reader.AdvanceTo(result.Buffer.Start);
            throw new OperationCanceledException("Reading was canceled through the pipe.", cancellationToken);
        }

        // a pipe may offer more than fits into memory
        var taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, MaxTaken));
        var isAll = taken.Length == result.Buffer.Length;
        foreach (var piece in taken)
        {
            Reserve(piece.Length);
            piece.Span.CopyTo(Free);
            _end += piece.Length;
        }

        reader.AdvanceTo(taken.End);
        return !(result.IsCompleted && isAll);
    }

    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _end >= count)
        {
            return;
        }

        var length = Length;
        if (length + count <= _bytes.Length / 2)
        {
            // what was consumed makes room
            Written.CopyTo(_bytes);
        }
        else
        {
            var grown = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(2L * _bytes.Length, (long)length + count), Array.MaxLength));
            Written.CopyTo(grown);
            ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            _bytes = grown;
        }

        (_start, _end) = (0, length);
    }
}
