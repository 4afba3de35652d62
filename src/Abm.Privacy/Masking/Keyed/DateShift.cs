using System.Globalization;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// Shifts the dates of a person by a number of days that is constant for the person: intervals, ages at events and orders stay
/// true, dates do not. The number depends on the key, the scope and the person alone.
/// </summary>
/// <remarks>
/// Who knows one true date of a person knows the shift, and with it the person's other dates; dates of a person are shown relative
/// to each other. A range of a few days hides little: a shift is one of as many as the range has days.
/// </remarks>
public sealed class DateShift
{
    /// <summary>The greatest shift that is made without a range, in days and in either direction.</summary>
    public const int DefaultMaxDays = 180;

    /// <summary>The greatest shift that can be asked for, in days and in either direction: about a hundred years.</summary>
    public const int MaxDays = 36_525;

    private readonly KeyedHash _hash;
    private readonly bool _allowZero;

    /// <summary>Creates a shift.</summary>
    /// <param name="key">The key; the shift works until it is disposed.</param>
    /// <param name="scope">
    /// What is shifted together, such as <c>dates</c>; 1 to 128 bytes of UTF-8. Every column whose intervals are to stay true has the same scope.
    /// </param>
    /// <param name="minDays">The least number of days; negative shifts into the past.</param>
    /// <param name="maxDays">The greatest number of days.</param>
    /// <param name="allowZero">Whether a person's dates may stay as they are, as one of as many cases as the range has. The default is no.</param>
    /// <exception cref="ArgumentException">The scope is not valid, or the range has fewer than two possible shifts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bound is beyond <see cref="MaxDays"/>.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public DateShift(MaskingKey key, string scope, int minDays = -DefaultMaxDays, int maxDays = DefaultMaxDays, bool allowZero = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minDays, -MaxDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDays, MaxDays);
        (EarliestDays, LatestDays, _allowZero) = (minDays, maxDays, allowZero);
        if (maxDays < minDays || Count < 2)
        {
            throw new ArgumentException("The range has fewer than two possible shifts, so it would hide nothing. Widen it.", nameof(maxDays));
        }

        var range = string.Create(CultureInfo.InvariantCulture, $"v1:{minDays}:{maxDays}:{(allowZero ? 1 : 0)}");
        _hash = new KeyedHash(key, "date-shift", range, scope);
    }

    /// <summary>The least number of days.</summary>
    public int EarliestDays { get; }

    /// <summary>The greatest number of days.</summary>
    public int LatestDays { get; }

    private bool SkipsZero => !_allowZero && EarliestDays <= 0 && LatestDays >= 0;

    private int Count => LatestDays - EarliestDays + (SkipsZero ? 0 : 1);

    /// <summary>The mask of a person's dates.</summary>
    /// <param name="subject">The person.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="InvalidOperationException">The subject was never set.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public DateShiftMask For(SubjectId subject)
    {
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        _hash.Compute(subject, hash);
        var days = EarliestDays + (int)_hash.Below((ulong)Count, hash);
        return new DateShiftMask(new DateShiftBody(_hash, SkipsZero && days >= 0 ? days + 1 : days));
    }
}
