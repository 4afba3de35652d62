using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Abm.Privacy.EntityFrameworkCore.BlindIndexes;

/// <summary>
/// Compares index values and carries the column's binding through the model: an annotation would be written into migrations
/// as code, which a delegate cannot be. Values are never changed in place but by the save that made them.
/// </summary>
internal sealed class BlindIndexComparer(BlindIndexBinding binding) : ValueComparer<byte[]>(
    (left, right) => AreEqual(left, right), value => value.Length, value => value)
{
    public BlindIndexBinding Binding { get; } = binding;

    internal static bool AreEqual(byte[]? left, byte[]? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.AsSpan().SequenceEqual(right));
}
