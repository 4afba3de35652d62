using System.ComponentModel;

namespace Abm.Privacy.Masking.Objects;

/// <summary>The objects that the one being masked stands in, so that a circle is found before it runs for ever.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ObjectPath
{
    /// <summary>How deep objects may stand in one another: as deep as System.Text.Json goes by default.</summary>
    public const int MaxDepth = 64;

    private readonly ObjectPath? _above;
    private readonly object _value;
    private readonly int _depth;

    private ObjectPath(ObjectPath? above, object value, int depth) => (_above, _value, _depth) = (above, value, depth);

    /// <summary>Goes one object deeper.</summary>
    /// <param name="above">The path so far.</param>
    /// <param name="value">The object.</param>
    /// <returns>The path with the object.</returns>
    /// <exception cref="InvalidOperationException">The object stands in itself, or deeper than <see cref="MaxDepth"/>.</exception>
    public static ObjectPath Enter(ObjectPath? above, object value) => TryEnter(above, value)
        ?? throw new InvalidOperationException($"Objects refer back to themselves or stand in one another deeper than {MaxDepth} levels. Break the circle: exclude the member that leads back.");

    /// <summary>Goes one object deeper, if it does not stand in itself.</summary>
    /// <param name="above">The path so far.</param>
    /// <param name="value">The object.</param>
    /// <returns>The path with the object; null if the object stands in itself or too deep.</returns>
    public static ObjectPath? TryEnter(ObjectPath? above, object value)
    {
        for (var current = above; current is not null; current = current._above)
        {
            if (ReferenceEquals(current._value, value))
            {
                return null;
            }
        }

        var depth = (above?._depth ?? 0) + 1;
        return depth > MaxDepth ? null : new ObjectPath(above, value, depth);
    }
}
