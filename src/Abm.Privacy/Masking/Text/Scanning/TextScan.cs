using System.Numerics;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// One pass over a text: blocks of 64 units become bits, bits become triggers, and only at triggers a detector looks
/// closer. What is found comes in the order of the text and never overlaps.
/// </summary>
internal ref struct TextScan<TUnit, TText>
    where TUnit : unmanaged, IEquatable<TUnit>
    where TText : struct, ITextEncoding<TUnit>
{
    /// <summary>How far before a trigger a match may begin, in units.</summary>
    public const int MaxReach = 4 * EmailDetector.MaxLocal + BlockBits.Length;

    /// <summary>How much of what was scanned a scan that goes on needs to see: reach, and the words before it.</summary>
    public const int History = 2 * MaxReach;

    private readonly ScanPlan _plan;
    private readonly bool _isComplete;
    private TextWindow<TUnit, TText> _window;
    private BlockBits _before;
    private BlockBits _bits;
    private BlockBits _behind;
    private Triggers _triggers;
    private ulong _pending;
    private int _block;
    private ScanState _state;

    // up to where the text was seen to go on as a local part, which is so wherever one looks from
    private int _local;

    /// <summary>Begins a scan, or goes on with one.</summary>
    /// <param name="text">The text; when going on, with <see cref="History"/> units of what was scanned, or all of it.</param>
    /// <param name="plan">What to look for.</param>
    /// <param name="state">Where to go on; the default value is the start.</param>
    /// <param name="isComplete">Whether the text ends where it ends.</param>
    public TextScan(ReadOnlySpan<TUnit> text, ScanPlan plan, ScanState state, bool isComplete)
    {
        (_plan, _isComplete, _state) = (plan, isComplete, state);
        _window = new TextWindow<TUnit, TText>(text, isComplete) { Floor = state.Floor };
        var start = state.Position < BlockBits.Length ? 0 : state.Position;
        _bits = start == 0 ? default : Read(start - BlockBits.Length);
        _behind = Read(start);
        _block = start - BlockBits.Length;
    }

    public Hit Current { get; private set; }

    /// <summary>What is known, once nothing more was found.</summary>
    public readonly ScanState State => _state;

    /// <summary>Finds the next match.</summary>
    /// <returns>False if there is none, or if what decides the next one is not there yet.</returns>
    public bool MoveNext()
    {
        if (!_state.Cut.IsNone)
        {
            if (TryGoOn())
            {
                return true;
            }

            if (_window.IsStarved)
            {
                return false;
            }
        }

        do
        {
            while (_pending != 0)
            {
                var bit = BitOperations.TrailingZeroCount(_pending);
                var position = _block + bit;
                if (position >= _state.Position)
                {
                    var known = _state;
                    var hit = Look(position, 1UL << bit, out var end);
                    if (_window.IsStarved)
                    {
                        // what was decided without the rest of the text does not count
                        _state = known with { Position = position };
                        return false;
                    }

                    _state.Position = end;
                    if (!hit.IsNone)
                    {
                        Take(hit);
                        return true;
                    }
                }

                _pending &= _pending - 1;
            }
        }
        while (MoveToNextBlock());
        return false;
    }

    private bool MoveToNextBlock()
    {
        do
        {
            var next = _block + BlockBits.Length;
            if (!_isComplete && next + BlockBits.Length + BlockBits.ReadLength > _window.Length)
            {
                _state.Position = Math.Max(_state.Position, Math.Max(next, 0));
                return false;
            }

            if (next >= _window.Length)
            {
                return false;
            }

            _block = next;
            (_before, _bits) = (_bits, _behind);
            _behind = Read(next + BlockBits.Length);
            _triggers = Triggers.Find(_before, _bits, _behind);
            KeepLiterals();
            _pending = _triggers.All;
        }
        while (_pending == 0);
        return true;
    }

    /// <summary>Drops the candidates that do not begin like a literal, as most do not.</summary>
    private void KeepLiterals()
    {
        var text = _window.Text;
        for (var rest = _triggers.Literals; rest != 0; rest &= rest - 1)
        {
            var position = _block + BitOperations.TrailingZeroCount(rest);
            if (position + 2 < text.Length && !TokenDetector.Literals.Contains(TText.Value(text[position]), TText.Value(text[position + 1]), TText.Value(text[position + 2])))
            {
                _triggers.Literals &= ~(rest & (0 - rest));
            }
        }
    }

    private readonly BlockBits Read(int start) => BlockBits.ReadAt<TUnit, TText>(_window.Text, start, TokenDetector.Literals);

    /// <summary>Asks the detectors of a trigger.</summary>
    /// <param name="position">Where it is.</param>
    /// <param name="bit">Its bit.</param>
    /// <param name="end">Where the next trigger counts.</param>
    private Hit Look(int position, ulong bit, out int end)
    {
        end = position + 1;
        _window.Approach(position);
        if ((_triggers.Literals & bit) != 0 && Accept(FindLiteral(position), ref end, out var literal))
        {
            return literal;
        }

        if ((_triggers.Names & bit) != 0 && _plan.Finds(TextKind.Secret) && Accept(NamedSecretDetector.Find(ref _window, position), ref end, out var secret))
        {
            return secret;
        }

        if ((_triggers.Macs & bit) != 0 && _plan.Finds(TextKind.MacAddress) && Accept(MacDetector.Find(ref _window, position), ref end, out var mac))
        {
            return mac;
        }

        var isWord = position == _window.Floor || ((_triggers.Codes | _triggers.Words) & bit) == 0 || !_window.IsWordBefore(position);
        if ((_triggers.Codes & bit) != 0 && isWord && (
            _plan.Finds(TextKind.Iban) && Accept(CodeDetector.FindIban(ref _window, position), ref end, out var code)
            || _plan.Finds(TextKind.UkNino) && Accept(CodeDetector.FindNino(ref _window, position), ref end, out code)))
        {
            return code;
        }

        if ((_triggers.Words & bit) != 0 && isWord && (
            _plan.Finds(TextKind.ItFiscalCode) && Accept(CodeDetector.FindFiscalCode(ref _window, position), ref end, out var word)
            || _plan.Finds(TextKind.BrCnpj) && Accept(CodeDetector.FindCnpj(ref _window, position), ref end, out word)))
        {
            return word;
        }

        if ((_triggers.Ats & bit) != 0 && _plan.Finds(TextKind.Email) && Accept(EmailDetector.Find(ref _window, position), ref end, out var email))
        {
            return email;
        }

        if ((_triggers.Colons & bit) != 0 && position >= _state.Colons && _plan.Finds(TextKind.IpAddress) && Accept(FindIpv6(position), ref end, out var address))
        {
            return address;
        }

        return (_triggers.Numbers & bit) != 0 && _plan.FindsNumbers && Accept(NumberDetector.Find(ref _window, position, _plan, ref end), ref end, out var number) ? number : default;
    }

    private Hit FindLiteral(int position)
    {
        if (_window[position] is ':' or 'w' or 'W')
        {
            return FindUrl(position);
        }

        var (tokens, keys) = (_state.Tokens, _state.Keys);
        var hit = _plan.Finds(TextKind.Jwt) ? TokenDetector.FindJwt(ref _window, position, ref tokens) : default;
        hit = hit.IsNone && _plan.Finds(TextKind.ApiKey) ? TokenDetector.FindKey(ref _window, position, ref keys) : hit;
        (_state.Tokens, _state.Keys) = (tokens, keys);
        return hit;
    }

    private Hit FindIpv6(int colon)
    {
        var hit = IpDetector.FindIpv6(ref _window, colon, out var end);
        _state.Colons = end;
        return hit;
    }

    private Hit FindUrl(int position)
    {
        if (!_plan.Finds(TextKind.Url) && !_plan.Finds(TextKind.Secret))
        {
            return default;
        }

        if (_plan.Finds(TextKind.Url) && position >= _state.AllowedUrl && UrlDetector.Find(ref _window, position) is { IsNone: false } url)
        {
            if (!Allows(url))
            {
                return url;
            }

            _state.AllowedUrl = url.End;
        }

        return _plan.Finds(TextKind.Secret) ? UrlSecretDetector.Find(ref _window, position) : default;
    }

    private bool Accept(Hit found, ref int end, out Hit hit)
    {
        hit = default;
        if (found.IsNone || found.Score < _plan.MinScore || Acceptance.IsInGuid(ref _window, found))
        {
            return false;
        }

        // what begins an e-mail address is a part of it
        if (found.Kind is not (TextKind.Email or TextKind.Url) && _plan.Finds(TextKind.Email)
            && EmailDetector.FindAt(ref _window, found.End, ref _local) is var at and > 0
            && EmailDetector.Find(ref _window, at) is { IsNone: false } email && email.Start <= found.Start && !Allows(email))
        {
            found = email;
        }

        if (Allows(found))
        {
            end = found.End;
            return false;
        }

        hit = found;
        return true;
    }

    private bool Allows(Hit hit) => _plan.HasAllowList && Acceptance.Allows(ref _window, hit, _plan);

    private void Take(Hit hit)
    {
        Current = hit;
        _window.Floor = _state.Floor = _state.Position = hit.End;
        _state.Cut = hit.End == _window.Limit && hit.End < _window.Length ? hit : default;
    }

    /// <summary>What detectors could not see the end of goes on as a further match, up to white space; a secret up to the end of its line.</summary>
    private bool TryGoOn()
    {
        var (cut, start) = (_state.Cut, _state.Floor);
        _window.Approach(start);
        var end = start;
        while (_window[end] > ' ' || (cut.Kind == TextKind.Secret && _window[end] is ' ' or '\t'))
        {
            end++;
        }

        if (_window.IsStarved)
        {
            return false;
        }

        _state.Cut = default;
        if (end > start)
        {
            Take(new Hit(start, end, cut.Kind, cut.Score));
        }

        return end > start;
    }
}
