namespace QuickStart.Storage;

/// <summary>A message that was handed over, with the record of the decision that it rested on: some 100 bytes from which the decision can be made again.</summary>
internal sealed class SentMessage
{
    public int Id { get; init; }

    public required Guid ContactPoint { get; init; }

    public required byte[] Record { get; init; }
}
