namespace Abm.Privacy.Masking.Keyed;

/// <summary>Whether two different values may get the same fake.</summary>
public enum FakeUniqueness
{
    /// <summary>
    /// They may, as two people may have the same name: with <c>n</c> values over a template of <c>N</c> fakes, about <c>n²/2N</c> pairs do.
    /// </summary>
    Shared = 0,

    /// <summary>
    /// They practically never do: the fake carries 128 keyed bits as 32 hexadecimal digits, so that 10^9 values have a collision with a
    /// probability below 10^-20. For any value, and for every template that has a place for it.
    /// </summary>
    Suffixed = 1,

    /// <summary>
    /// They never do: the value is a number below the template's number of fakes, such as a customer number, and numbers are permuted
    /// (FF1 with cycle walking) onto fakes. Any other value is masked whole. Who holds the key can get the number back.
    /// </summary>
    Numbered = 2,
}
