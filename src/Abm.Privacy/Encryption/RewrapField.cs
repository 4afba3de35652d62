namespace Abm.Privacy.Encryption;

/// <summary>One protected field of a record that a rewrap looks at.</summary>
/// <param name="Context">Where the value stands.</param>
/// <param name="Stored">What is stored: an envelope, or in an import what the import's reader understands.</param>
public sealed record RewrapField(FieldContext Context, ReadOnlyMemory<byte> Stored)
{
    /// <summary>Whether the field is written even if its envelope is up to date: a derived column beside it is not.</summary>
    /// <value>The default is false.</value>
    public bool IsStale { get; init; }

    /// <summary>How the length of what is written is hidden.</summary>
    /// <value>The default is <see cref="Padding.None"/>: a padded envelope stays as long as it was, and nothing else is padded.</value>
    public Padding Padding { get; init; }
}
