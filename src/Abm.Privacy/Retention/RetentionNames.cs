namespace Abm.Privacy.Retention;

/// <summary>How kinds and actions are written in a schedule; read and written from one table.</summary>
internal static class RetentionNames
{
    public static readonly (string Name, RetentionKind Value)[] Kinds =
    [
        ("keep-at-least", RetentionKind.KeepAtLeast),
        ("dispose-after", RetentionKind.DisposeAfter),
        ("keep-then-dispose", RetentionKind.KeepThenDispose),
        ("keep-forever", RetentionKind.KeepForever),
    ];

    public static readonly (string Name, DisposalAction Value)[] Actions =
    [
        ("delete", DisposalAction.Delete),
        ("crypto-shred", DisposalAction.CryptoShred),
        ("anonymize", DisposalAction.Anonymize),
        ("pseudonymize", DisposalAction.Pseudonymize),
        ("archive", DisposalAction.Archive),
        ("review", DisposalAction.Review),
    ];

    public static string Of(RetentionKind kind) => Array.Find(Kinds, row => row.Value == kind).Name;

    public static string Of(DisposalAction action) => Array.Find(Actions, row => row.Value == action).Name;
}
