using System.Buffers;
using System.ComponentModel;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Objects;

/// <summary>
/// Writes an object as text, as records print themselves: <c>Contact { Id = 7, Email = j***@example.com }</c>. Called by
/// generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct MaskedTextWriter
{
    private const int FirstLength = 512;

    private char[]? _rented;
    private int _length;
    private bool _needsComma;

    internal readonly ReadOnlySpan<char> Written => _rented.AsSpan(0, _length);

    /// <summary>Opens an object.</summary>
    /// <param name="typeName">The name of its type.</param>
    public void BeginObject(string typeName)
    {
        Append(typeName);
        Append(" { ");
        _needsComma = false;
    }

    /// <summary>Closes an object.</summary>
    public void EndObject()
    {
        Append(_needsComma ? " }" : "}");
        _needsComma = true;
    }

    /// <summary>Opens a list.</summary>
    public void BeginList()
    {
        Append("[");
        _needsComma = false;
    }

    /// <summary>Closes a list.</summary>
    public void EndList()
    {
        Append("]");
        _needsComma = true;
    }

    /// <summary>Names the member whose value comes next.</summary>
    /// <param name="name">The name.</param>
    public void Member(string name)
    {
        Item();
        Append(name);
        Append(" = ");
    }

    /// <summary>Begins an entry of a list.</summary>
    public void Item()
    {
        if (_needsComma)
        {
            Append(", ");
        }

        _needsComma = true;
    }

    /// <summary>Writes the sign of a value that is not shown at all.</summary>
    public void Hidden() => Append(Stars.Text);

    /// <summary>Writes a text that holds no personal data.</summary>
    /// <param name="text">The text; null writes nothing.</param>
    public void Clear(string? text) => Append(text);

    /// <summary>Writes a value that holds no personal data.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value; null writes nothing.</param>
    public void Clear<T>(T value)
        where T : ISpanFormattable
    {
        if (value is not null)
        {
            using var text = new InvariantText(stackalloc char[InvariantText.StackLength]);
            Append(text.Format(value));
        }
    }

    /// <summary>Writes a text masked.</summary>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the text is.</param>
    /// <param name="text">The text; null is treated as empty.</param>
    public void Masked(IMasker masker, DataClass dataClass, string? text) => Masked(masker, dataClass, text.AsSpan());

    /// <summary>Writes the invariant text of a value masked.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="value">The value; null is treated as the empty text.</param>
    public void Masked<T>(IMasker masker, DataClass dataClass, T value)
        where T : ISpanFormattable
    {
        using var text = new InvariantText(stackalloc char[InvariantText.StackLength]);
        Masked(masker, dataClass, text.Format(value));
    }

    internal void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented, clearArray: true);
            _rented = null;
        }
    }

    private void Masked(IMasker masker, DataClass dataClass, scoped ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(masker);
        using var buffer = new MaskerBuffer(stackalloc char[MaskBuffer.StackLength]);
        Append(buffer.Mask(masker, dataClass, text));
    }

    private void Append(scoped ReadOnlySpan<char> text)
    {
        if (_rented is null || _rented.Length - _length < text.Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_rented.AsSpan(_length));
        _length += text.Length;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(FirstLength, checked(_length + Math.Max(more, _length))));
        Written.CopyTo(larger);
        Dispose();
        _rented = larger;
    }
}
