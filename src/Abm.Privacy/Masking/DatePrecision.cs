namespace Abm.Privacy.Masking;

/// <summary>What a <see cref="DateMask"/> shows of a date.</summary>
public enum DatePrecision
{
    /// <summary>The year: <c>1984</c>.</summary>
    Year = 0,

    /// <summary>The quarter of the year: <c>1984-Q3</c>.</summary>
    Quarter = 1,

    /// <summary>The month: <c>1984-07</c>.</summary>
    Month = 2,
}
