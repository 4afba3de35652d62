namespace Abm.Privacy.Masking.Keyed;

internal enum FakePartKind
{
    Literal,
    Word,
    Unique,
}

/// <summary>One part of a pattern.</summary>
internal sealed record FakePart(FakePartKind Kind, byte[] Text, FakeWordList? Dictionary);
