using System.Buffers;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// Redacts a text in pieces: raw text is kept from the earliest place at which a later match could still begin, and enough
/// before it for what detectors look back at.
/// </summary>
internal sealed class RedactionStream<TUnit, TText>(TextRedactor redactor)
    where TUnit : unmanaged, IEquatable<TUnit>
    where TText : struct, ITextEncoding<TUnit>
{
    public const int PieceLength = 1 << 15;
    private const int MaxLine = 1 << 20;

    private readonly Queue<TextMatch> _found = new();
    private readonly Queue<TextMatch> _own = new();
    private TUnit[] _text = new TUnit[1024];
    private int _length;
    private int _written;
    private int _matched;
    private int _seen;
    private ScanState _state;
    private bool _isCompleted;

    private ScanPlan Plan => redactor.Scanner.Plan;

    public void Append(ReadOnlySpan<TUnit> piece, IBufferWriter<TUnit> output)
    {
        ThrowIfCompleted();
        while (piece.Length > 0)
        {
            var part = piece[..Math.Min(piece.Length, PieceLength)];
            MakeRoom(part.Length);
            part.CopyTo(_text.AsSpan(_length));
            _length += part.Length;
            piece = piece[part.Length..];

            // what is held back is looked at again only once it has grown by a part of itself
            if (_length - _seen >= Math.Max(BlockBits.Length, (_length - _state.Position) / 8))
            {
                Advance(output);
            }
        }
    }

    public void Complete(IBufferWriter<TUnit> output)
    {
        ThrowIfCompleted();
        _isCompleted = true;
        Advance(output);
        _text.AsSpan(0, _length).Clear();
    }

    private void ThrowIfCompleted()
    {
        if (_isCompleted)
        {
            throw new InvalidOperationException("This text was completed. Create another redactor for the next one.");
        }
    }

    private void MakeRoom(int length)
    {
        // half a pair, or a few bytes of a character, decide nothing: the scan goes on where the last one stopped
        if (_length + length > _text.Length)
        {
            var larger = new TUnit[Math.Max(_text.Length * 2, _length + length)];
            _text.AsSpan(0, _length).CopyTo(larger);
            _text.AsSpan().Clear();
            _text = larger;
        }
    }

    private void Advance(IBufferWriter<TUnit> output)
    {
        var scan = new TextScan<TUnit, TText>(_text.AsSpan(0, _length), Plan, _state, _isCompleted);
        while (scan.MoveNext())
        {
            _found.Enqueue(new TextMatch(scan.Current.Start, scan.Current.End - scan.Current.Start, scan.Current.Kind, scan.Current.Score));
        }

        _state = scan.State;
        _seen = _length;
        var decided = _length;
        if (!_isCompleted)
        {
            decided = Math.Max(_state.Floor, _state.Position - TextScan<TUnit, TText>.MaxReach);
            decided = _state.Cut.IsNone ? decided : Math.Min(decided, _state.Floor);
        }

        decided = Math.Min(decided, MatchLines());
        Write(decided, output);
        Drop();
    }

    /// <summary>Matches the application's own patterns in the lines that have ended.</summary>
    /// <returns>Where the lines that are matched end.</returns>
    private int MatchLines()
    {
        if (Plan.Patterns.Count == 0)
        {
            return _length;
        }

        var lines = _isCompleted ? _length - _matched : _text.AsSpan(_matched, _length - _matched).LastIndexOf(TText.Unit('\n')) + 1;
        if (_length - _matched - lines > MaxLine)
        {
            throw new PrivacyException(
                PrivacyErrorCode.DocumentTooLarge,
                $"A line is longer than {MaxLine:N0} units, and the patterns of one's own are matched to whole lines. Break the text into lines, or leave the patterns out.");
        }

        foreach (var match in OwnPatterns.Find<TUnit, TText>(_text.AsSpan(_matched, lines), Plan))
        {
            _own.Enqueue(match with { Start = match.Start + _matched });
        }

        return _matched += lines;
    }

    /// <summary>Writes up to a place before which every match is known.</summary>
    private void Write(int decided, IBufferWriter<TUnit> output)
    {
        while (MatchOrder.TryTake(_found, _own, decided, out var match))
        {
            var start = Math.Max(match.Start, _written);
            if (match.End > start)
            {
                WellFormedCopy.Write<TUnit, TText>(_text.AsSpan(_written, start - _written), output);
                redactor.Replace<TUnit, TText>(_text.AsSpan(start, match.End - start), match, output);
                _written = match.End;
            }
        }

        decided = _isCompleted ? decided : StartOfRune(decided);
        if (decided > _written)
        {
            WellFormedCopy.Write<TUnit, TText>(_text.AsSpan(_written, decided - _written), output);
            _written = decided;
        }
    }

    /// <summary>A place that does not cut a code point.</summary>
    private int StartOfRune(int place)
    {
        for (var start = Math.Max(_written, place - 3); start < place; start++)
        {
            if (TText.DecodeRune(_text.AsSpan(start, Math.Min(_length - start, 4)), out _, out var length) != OperationStatus.InvalidData && start + length > place)
            {
                return start;
            }
        }

        return place;
    }

    private void Drop()
    {
        var kept = Math.Min(_written, _state.Position);
        kept = Plan.Patterns.Count == 0 ? kept : Math.Min(kept, _matched);
        var dropped = kept - TextScan<TUnit, TText>.History;
        if (dropped < PieceLength)
        {
            return;
        }

        _text.AsSpan(dropped, _length - dropped).CopyTo(_text);
        _text.AsSpan(_length - dropped, dropped).Clear();
        (_length, _seen, _written, _matched) = (_length - dropped, _seen - dropped, _written - dropped, Math.Max(_matched - dropped, 0));
        _state = _state.After(dropped);
        Shift(_found, dropped);
        Shift(_own, dropped);
    }

    private static void Shift(Queue<TextMatch> matches, int by)
    {
        for (var count = matches.Count; count > 0; count--)
        {
            var match = matches.Dequeue();
            matches.Enqueue(match with { Start = match.Start - by });
        }
    }
}
