using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>The built-in kinds and the application's own patterns as one row of matches.</summary>
internal ref struct MatchScan<TUnit, TText>
    where TUnit : unmanaged, IEquatable<TUnit>
    where TText : struct, ITextEncoding<TUnit>
{
    private readonly List<TextMatch>? _own;
    private TextScan<TUnit, TText> _scan;
    private TextMatch _next;
    private bool _hasNext;
    private int _index;
    private int _floor;

    public MatchScan(ReadOnlySpan<TUnit> text, ScanPlan plan)
    {
        _scan = new TextScan<TUnit, TText>(text, plan, default, isComplete: true);
        if (plan.Patterns.Count > 0)
        {
            _own = OwnPatterns.Find<TUnit, TText>(text, plan);
            _hasNext = MoveScan();
        }
    }

    public TextMatch Current { get; private set; }

    public bool MoveNext()
    {
        if (_own is null)
        {
            var found = _scan.MoveNext();
            Current = found ? ToMatch(_scan.Current) : default;
            return found;
        }

        while (_index < _own.Count || _hasNext)
        {
            var takesOwn = !_hasNext || (_index < _own.Count && MatchOrder.Compare(_own[_index], _next) < 0);
            var match = takesOwn ? _own[_index++] : _next;
            if (!takesOwn)
            {
                _hasNext = MoveScan();
            }

            // what is left of a match that another one has begun in is still found
            var start = Math.Max(match.Start, _floor);
            if (match.End > start)
            {
                Current = match with { Start = start, Length = match.End - start };
                _floor = match.End;
                return true;
            }
        }

        return false;
    }

    private bool MoveScan()
    {
        var found = _scan.MoveNext();
        _next = found ? ToMatch(_scan.Current) : default;
        return found;
    }

    private static TextMatch ToMatch(Hit hit) => new(hit.Start, hit.End - hit.Start, hit.Kind, hit.Score);
}
