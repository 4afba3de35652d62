namespace Abm.Privacy.Masking;

/// <summary>What a <see cref="NumberMask"/> shows of a number.</summary>
public enum NumberForm
{
    /// <summary>The range that it lies in: <c>40..49</c>.</summary>
    Range = 0,

    /// <summary>The nearest multiple of the width: <c>50</c>.</summary>
    Rounded = 1,
}
