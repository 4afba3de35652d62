namespace Abm.Privacy.Retention;

/// <summary>The rules that cover one record with the instants at which their periods end, and what follows without holds.</summary>
internal sealed class RetentionTimeline
{
    private readonly List<Term> _terms = [];
    private readonly bool _classUnknown;
    private readonly bool _covered;
    private readonly bool _undetermined;
    private readonly DateTimeOffset? _dispose;
    private readonly DateTimeOffset? _review;
    private readonly DisposalAction _action;

    public RetentionTimeline(RetentionRecord record, RetentionSchedule schedule)
    {
        _classUnknown = record.DataClass.IsUnknown;
        var (openMinimum, openMaximum) = (false, false);
        foreach (var rule in schedule.Rules)
        {
            var covers = rule.Covers(record.DataClass);
            if (!covers && !(rule.IsMinimum && rule.CoversPartOf(record.DataClass)))
            {
                continue;
            }

            _covered |= covers;
            var term = Term.Of(rule, record) with { IsMaximum = covers && rule.IsMaximum };
            _terms.Add(term);
            if (term.Gap is not null)
            {
                openMinimum |= rule.IsMinimum;
                openMaximum |= term.IsMaximum;
                continue;
            }

            if (rule.IsMinimum && !(KeepUntil >= term.End))
            {
                KeepUntil = term.End;
            }

            if (term.IsMaximum && rule.Action == DisposalAction.Review)
            {
                _review = _review <= term.End ? _review : term.End;
            }
            else if (term.IsMaximum && (_dispose is null || term.End < _dispose || (term.End == _dispose && rule.Action < _action)))
            {
                (_dispose, _action) = (term.End, rule.Action!.Value);
            }
        }

        _undetermined = !_covered || openMinimum || (openMaximum && _dispose is null && _review is null);
    }

    /// <summary>The end of the longest known minimum.</summary>
    public DateTimeOffset? KeepUntil { get; }

    public RetentionDecision Decide(RetentionSchedule schedule, DateTimeOffset at)
    {
        var state = StateAt(at);
        var reasons = new List<RetentionReason>();
        AddGaps(reasons);
        var winning = Rules(term => Wins(term, state));
        AddWinning(reasons, winning, state);
        if (state is RetentionState.Undetermined or RetentionState.Retained)
        {
            AddOutweighed(reasons, at);
        }

        return new RetentionDecision(state, schedule.Digest)
        {
            KeepUntil = KeepUntil,
            DisposeFrom = From(_dispose),
            ReviewFrom = From(_review),
            Action = state switch { RetentionState.Due => _action, RetentionState.DueForReview => DisposalAction.Review, _ => null },
            WinningRules = winning,
            LosingRules = Rules(term => !Wins(term, state)),
            Reasons = reasons,
        };
    }

    public IReadOnlyList<RetentionRule> Rules(Predicate<Term> which)
    {
        var rules = new List<RetentionRule>(_terms.Count);
        foreach (var term in _terms)
        {
            if (which(term))
            {
                rules.Add(term.Rule);
            }
        }

        return rules;
    }

    public void AddGaps(List<RetentionReason> reasons)
    {
        if (!_covered)
        {
            reasons.Add(new RetentionReason(_classUnknown ? RetentionReasonCode.ClassUnknown : RetentionReasonCode.NoRule));
        }

        foreach (var term in _terms)
        {
            if (term.Gap is { } gap)
            {
                reasons.Add(new RetentionReason(gap, term.Rule.Id));
            }
        }
    }

    public void AddOutweighed(List<RetentionReason> reasons, DateTimeOffset at)
    {
        foreach (var term in _terms)
        {
            if (term.Gap is null && term.IsMaximum && at >= term.End)
            {
                reasons.Add(new RetentionReason(RetentionReasonCode.MaximumOutweighed, term.Rule.Id));
            }
        }
    }

    private static void AddWinning(List<RetentionReason> reasons, IReadOnlyList<RetentionRule> winning, RetentionState state)
    {
        if (state == RetentionState.Undetermined)
        {
            return; // the gaps are the reasons
        }

        var code = state switch
        {
            RetentionState.Retained => RetentionReasonCode.MinimumRuns,
            RetentionState.Active => RetentionReasonCode.MaximumRuns,
            _ => RetentionReasonCode.MaximumEnded,
        };
        foreach (var rule in winning)
        {
            reasons.Add(new RetentionReason(code, rule.Id));
        }

        if (winning.Count == 0)
        {
            reasons.Add(new RetentionReason(RetentionReasonCode.NoMaximum));
        }
    }

    private RetentionState StateAt(DateTimeOffset at)
    {
        if (_undetermined)
        {
            return RetentionState.Undetermined;
        }

        if (at < KeepUntil || KeepUntil == DateTimeOffset.MaxValue)
        {
            return RetentionState.Retained;
        }

        return at >= From(_dispose) ? RetentionState.Due
            : at >= From(_review) ? RetentionState.DueForReview
            : RetentionState.Active;
    }

    /// <summary>When a maximum takes effect: not before the minima let go, and never under a gap or at the calendar's end.</summary>
    private DateTimeOffset? From(DateTimeOffset? maximum)
    {
        var from = maximum < KeepUntil ? KeepUntil : maximum;
        return _undetermined || from == DateTimeOffset.MaxValue ? null : from;
    }

    private bool Wins(Term term, RetentionState state) => state switch
    {
        RetentionState.Undetermined => term.Gap is not null && (term.Rule.IsMinimum || (_dispose is null && _review is null)),
        RetentionState.Retained => term.Gap is null && term.Rule.IsMinimum && term.End == KeepUntil,
        RetentionState.Due => WinsDisposal(term),
        RetentionState.DueForReview => WinsReview(term),
        _ => _dispose is null ? WinsReview(term) : WinsDisposal(term),
    };

    private bool WinsDisposal(Term term) => term.Gap is null && term.IsMaximum && term.Rule.Action == _action && term.End == _dispose;

    private bool WinsReview(Term term) => term.Gap is null && term.IsMaximum && term.Rule.Action == DisposalAction.Review && term.End == _review;

    /// <summary>A rule with the instant at which its period ends for the record, or the gap for which that is not known.</summary>
    internal readonly record struct Term(RetentionRule Rule, DateTimeOffset End, RetentionReasonCode? Gap)
    {
        /// <summary>Whether it may dispose of the record: never where the rule covers only a part of it.</summary>
        public bool IsMaximum { get; init; }

        public static Term Of(RetentionRule rule, RetentionRecord record)
        {
            if (rule is not { Anchor: { } anchor, Period: { } period })
            {
                return new Term(rule, DateTimeOffset.MaxValue, null);
            }

            if ((rule.ZoneInfo ?? RecordZone(record)) is not { } zone)
            {
                return new Term(rule, default, RetentionReasonCode.ZoneUnknown);
            }

            if (!record.Anchors.TryGetValue(anchor, out var date) || date.DayIn(zone) is not { } day)
            {
                return new Term(rule, default, RetentionReasonCode.AnchorMissing);
            }

            // a period beyond the calendar never ends: a minimum keeps for ever, a maximum never comes
            return new Term(rule, period.TryAddTo(day, out var last) ? ZoneDay.EndOf(last, zone) : DateTimeOffset.MaxValue, null);
        }

        private static TimeZoneInfo? RecordZone(RetentionRecord record) => TimeZones.TryFind(record.Zone, out var zone) ? zone : null;
    }
}
