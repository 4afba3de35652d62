using System.ComponentModel;
using System.Text.Json;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Objects;

/// <summary>What generated code calls for single values. An application has no use for it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ObjectMasking
{
    /// <summary>Makes the mask of a type known to generic types that hold values of it.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="mask">Its mask.</param>
    public static void Register<T>(ObjectMask<T> mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ObjectMask<T>.Registered = mask;
    }

    /// <summary>Whether a masker shows a text as it is; then, and only then, a value that is no text is kept in a masked copy.</summary>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="text">The value's invariant text.</param>
    /// <returns>False for a text that is masked, and for no text.</returns>
    public static bool IsShown(IMasker masker, DataClass dataClass, string? text) => IsShown(masker, dataClass, text.AsSpan());

    /// <summary>Whether a masker shows the invariant text of a value as it is.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="value">The value.</param>
    /// <returns>False for a value that is masked, and for null.</returns>
    public static bool IsShown<T>(IMasker masker, DataClass dataClass, T value)
        where T : ISpanFormattable
    {
        ArgumentNullException.ThrowIfNull(masker);
        return value is not null
            && !dataClass.IsUnknown
            && masker.GetMaxLength(dataClass, InvariantText.StackLength) > 0 // most values that are no text are erased: nothing to format
            && IsShownAsText(masker, dataClass, value);
    }

    /// <summary>Writes a text masked as one JSON string.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the text is.</param>
    /// <param name="text">The text; null is treated as empty.</param>
    public static void Write(Utf8JsonWriter writer, IMasker masker, DataClass dataClass, string? text) => Write(writer, masker, dataClass, text.AsSpan());

    /// <summary>Writes the invariant text of a value masked as one JSON string.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="value">The value; null is treated as the empty text.</param>
    public static void Write<T>(Utf8JsonWriter writer, IMasker masker, DataClass dataClass, T value)
        where T : ISpanFormattable
    {
        using var text = new InvariantText(stackalloc char[InvariantText.StackLength]);
        Write(writer, masker, dataClass, text.Format(value));
    }

    /// <summary>Writes the invariant text of a value that holds no personal data as one JSON string.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value; null writes null.</param>
    public static void WriteClear<T>(Utf8JsonWriter writer, T value)
        where T : ISpanFormattable
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        using var text = new InvariantText(stackalloc char[InvariantText.StackLength]);
        writer.WriteStringValue(text.Format(value));
    }

    /// <summary>The text of a truth value, as JSON writes it.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The text; null for null.</returns>
    public static string? Text(bool? value) => value switch { true => "true", false => "false", _ => null };

    /// <summary>The text of bytes, as JSON writes it.</summary>
    /// <param name="value">The bytes.</param>
    /// <returns>Base64; null for null.</returns>
    public static string? Text(byte[]? value) => value is null ? null : Convert.ToBase64String(value);

    /// <summary>The text of an address.</summary>
    /// <param name="value">The address.</param>
    /// <returns>The text as it was written; null for null.</returns>
    public static string? Text(Uri? value) => value?.OriginalString;

    /// <summary>The text of a typed identifier.</summary>
    /// <typeparam name="T">The identifier's type.</typeparam>
    /// <param name="value">The identifier.</param>
    /// <param name="text">Its clear text.</param>
    /// <returns>The text; null for one that was never set.</returns>
    public static string? Text<T>(T value, Func<T, string> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EqualityComparer<T>.Default.Equals(value, default) ? null : text(value);
    }

    /// <summary>The text of a protected value, as far as it is open.</summary>
    /// <typeparam name="T">The type of the clear value.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The invariant text; null for null and for a sealed value.</returns>
    public static string? Text<T>(Protected<T>? value)
        where T : notnull
    {
        if (value is null or { State: ProtectedState.Sealed })
        {
            return null;
        }

        switch (value.GetValue())
        {
            case string text:
                return text;
            case byte[] bytes:
                return Text(bytes);
            case ISpanFormattable formattable:
                using (var text = new InvariantText(stackalloc char[InvariantText.StackLength]))
                {
                    return new string(text.Format(formattable));
                }

            default:
                return null;
        }
    }

    /// <summary>A protected value for a masked copy: pending with the masked text, or sealed for ever.</summary>
    /// <typeparam name="T">The type of the clear value.</typeparam>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="value">The value.</param>
    /// <returns>
    /// Of an open text one with its masked text; of anything else one that holds nothing and never opens. Null for null. The
    /// original is never shared: it could be revealed later.
    /// </returns>
    public static Protected<T>? Copy<T>(IMasker masker, DataClass dataClass, Protected<T>? value)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(masker);
        return value switch
        {
            null => null,
            Protected<string> text when !dataClass.IsUnknown && Text(text) is { } clear => (Protected<T>)(object)Protected<string>.FromValue(masker.Mask(dataClass, clear)),
            _ => Protected<T>.FromEnvelope(default),
        };
    }

    /// <summary>A masked key that no other key of its dictionary has.</summary>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the key is; an unknown one gives the entry's number alone.</param>
    /// <param name="text">The key's invariant text.</param>
    /// <param name="number">The number of the entry, from 1.</param>
    /// <param name="taken">The keys so far; the new one is added.</param>
    /// <returns>The masked key, with the entry's number if it is empty or taken.</returns>
    public static string Key(IMasker masker, DataClass dataClass, string? text, int number, HashSet<string> taken)
    {
        ArgumentNullException.ThrowIfNull(masker);
        ArgumentNullException.ThrowIfNull(taken);
        var key = dataClass.IsUnknown ? "" : masker.Mask(dataClass, text);
        while (key.Length == 0 || !taken.Add(key))
        {
            key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key}#{number}");
        }

        return key;
    }

    /// <summary>The invariant text of a value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The text; null for null.</returns>
    public static string? Text<T>(T value)
        where T : ISpanFormattable
    {
        if (value is null)
        {
            return null;
        }

        using var text = new InvariantText(stackalloc char[InvariantText.StackLength]);
        return new string(text.Format(value));
    }

    private static bool IsShownAsText<T>(IMasker masker, DataClass dataClass, T value)
        where T : ISpanFormattable
    {
        using var text = new InvariantText(stackalloc char[InvariantText.StackLength]);
        return IsShown(masker, dataClass, text.Format(value));
    }

    private static bool IsShown(IMasker masker, DataClass dataClass, ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(masker);
        if (text.IsEmpty || dataClass.IsUnknown)
        {
            return false;
        }

        using var buffer = new MaskerBuffer(stackalloc char[MaskBuffer.StackLength]);
        return buffer.Mask(masker, dataClass, text).SequenceEqual(text);
    }

    private static void Write(Utf8JsonWriter writer, IMasker masker, DataClass dataClass, ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(masker);
        using var buffer = new MaskerBuffer(stackalloc char[MaskBuffer.StackLength]);
        writer.WriteStringValue(buffer.Mask(masker, dataClass, text));
    }
}
