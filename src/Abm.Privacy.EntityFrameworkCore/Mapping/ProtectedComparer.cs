using Abm.Privacy.Classification;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Abm.Privacy.EntityFrameworkCore.Mapping;

/// <summary>
/// Values are equal if they are the same object or have equal envelopes; a pending value equals only itself. The snapshot is
/// the value itself: revealing fills the clear value in and changes nothing.
/// </summary>
internal sealed class ProtectedComparer<T>() : ValueComparer<Protected<T>>(
    (left, right) => AreEqual(left, right), value => 0, value => value)
    where T : notnull
{
    internal static bool AreEqual(Protected<T>? left, Protected<T>? right) => left is null ? right is null : left.Equals(right);
}
