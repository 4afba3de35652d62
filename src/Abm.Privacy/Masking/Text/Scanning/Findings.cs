using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// The best of what was found at one place: the longest, then the surest, then the first by kind. What is too unsure is
/// raised by a word beside it, or dropped.
/// </summary>
internal struct Findings(ScanPlan plan, int start)
{
    private readonly ScanPlan _plan = plan;
    private Hit _weak;
    private Hit _weaker;

    /// <summary>Where candidates begin.</summary>
    public int Start { get; } = start;

    /// <summary>The best that is sure enough by itself.</summary>
    public Hit Best { get; private set; }

    public void Add(TextKind kind, int end, double score)
    {
        if (!_plan.Finds(kind))
        {
            return;
        }

        var hit = new Hit(Start, end, kind, score);
        if (score >= _plan.MinScore)
        {
            Best = Better(Best, hit);
        }
        else if (_weak.IsNone)
        {
            _weak = hit;
        }
        else
        {
            _weaker = hit;
        }
    }

    /// <summary>Asks the words beside them about those that were too unsure.</summary>
    /// <param name="window">The text.</param>
    /// <param name="words">The kinds that the words before speak of, once they were asked; the same for all that is found at one place.</param>
    public Hit Resolve<TUnit, TText>(ref TextWindow<TUnit, TText> window, ref uint? words)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (!_weak.IsNone)
        {
            Raise(ref window, _weak, ref words);
        }

        if (!_weaker.IsNone)
        {
            Raise(ref window, _weaker, ref words);
        }

        return Best;
    }

    private void Raise<TUnit, TText>(ref TextWindow<TUnit, TText> window, Hit hit, ref uint? words)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (Scores.InContext < _plan.MinScore)
        {
            return;
        }

        var kind = 1u << (int)hit.Kind;
        words ??= ContextWords.FindBefore(ref window, Start);
        if ((words & kind) != 0 || (ContextWords.FindBehind(ref window, hit.End) & kind) != 0)
        {
            Best = Better(Best, hit with { Score = Scores.InContext });
        }
    }

    private static Hit Better(Hit best, Hit hit)
    {
        var (length, other) = (hit.End - hit.Start, best.End - best.Start);
        return length > other || (length == other && (hit.Score > best.Score || (hit.Score.Equals(best.Score) && hit.Kind < best.Kind))) ? hit : best;
    }
}
