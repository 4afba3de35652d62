namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>What a masked copy would do, made by a dry run. It shows masked examples and never a clear value.</summary>
public sealed class MaskedCopyPlan
{
    internal MaskedCopyPlan(IReadOnlyList<MaskedTablePlan> tables, IReadOnlyList<string> faults, string digest) =>
        (Tables, Faults, Digest) = (tables, faults, digest);

    /// <summary>The tables, in the order in which they are copied.</summary>
    public IReadOnlyList<MaskedTablePlan> Tables { get; }

    /// <summary>Why the copy is refused, each a sentence that says how to mend it; empty if it is not.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Whether the copy can run.</summary>
    public bool CanRun => Faults.Count == 0;

    /// <summary>
    /// SHA-256 as 64 lower-case hexadecimal digits over what was planned: the two databases, tables, columns and treatments, and what the
    /// masks make of fixed texts of many kinds, so that another key, mask or parameter is another plan. Row counts and examples are not in it. Whoever approves the plan hands it to the run.
    /// </summary>
    public string Digest { get; }

    /// <summary>The tables and faults in a line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"masked copy {Digest[..12]}: {Tables.Count} tables, {Faults.Count} faults";
}
