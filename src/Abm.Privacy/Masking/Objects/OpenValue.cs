using System.ComponentModel;
using System.Text.Json;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Objects;

/// <summary>
/// Values of a type parameter, whose type only the running program knows: what a registered mask covers is masked by it,
/// text by its class, and anything else is erased. Called by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OpenValue
{
    /// <summary>The value for a masked copy.</summary>
    /// <typeparam name="T">The type parameter.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="isPersonal">False if it was declared to be no personal data.</param>
    /// <param name="path">The objects that it stands in.</param>
    /// <returns>The masked value; the default value of the type if it is erased.</returns>
    public static T Copy<T>(T value, IMasker masker, DataClass dataClass, bool isPersonal, ObjectPath? path)
    {
        ArgumentNullException.ThrowIfNull(masker);
        if (value is null)
        {
            return value;
        }

        if (ObjectMask<T>.Registered is { } mask)
        {
            return mask.Copy(value, masker, path);
        }

        if (IsScalar(value))
        {
            return !isPersonal ? value
                : value is string text ? (T)(object)(dataClass.IsUnknown ? "" : masker.Mask(dataClass, text))
                : ObjectMasking.IsShown(masker, dataClass, TextOf(value)) ? value : default!;
        }

        return default!;
    }

    /// <summary>Writes the value as masked JSON.</summary>
    /// <typeparam name="T">The type parameter.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="isPersonal">False if it was declared to be no personal data.</param>
    /// <param name="path">The objects that it stands in.</param>
    public static void Write<T>(Utf8JsonWriter writer, T value, IMasker masker, DataClass dataClass, bool isPersonal, ObjectPath? path)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not null && ObjectMask<T>.Registered is { } mask)
        {
            mask.Write(writer, value, masker, path);
        }
        else if (value is not null && IsScalar(value) && (!isPersonal || !dataClass.IsUnknown))
        {
            var text = TextOf(value);
            if (isPersonal)
            {
                ObjectMasking.Write(writer, masker, dataClass, text);
            }
            else
            {
                writer.WriteStringValue(text);
            }
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    /// <summary>Writes the value as masked text.</summary>
    /// <typeparam name="T">The type parameter.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    /// <param name="masker">How values are masked.</param>
    /// <param name="dataClass">What the value is.</param>
    /// <param name="isPersonal">False if it was declared to be no personal data.</param>
    /// <param name="path">The objects that it stands in.</param>
    public static void Format<T>(ref MaskedTextWriter writer, T value, IMasker masker, DataClass dataClass, bool isPersonal, ObjectPath? path)
    {
        if (value is not null && ObjectMask<T>.Registered is { } mask)
        {
            mask.Format(ref writer, value, masker, path);
        }
        else if (value is not null && IsScalar(value) && (!isPersonal || !dataClass.IsUnknown))
        {
            if (isPersonal)
            {
                writer.Masked(masker, dataClass, TextOf(value));
            }
            else
            {
                writer.Clear(TextOf(value));
            }
        }
        else
        {
            writer.Clear(Stars.Text);
        }
    }

    /// <summary>Values without members of their own: in these nothing can hide.</summary>
    private static bool IsScalar<T>(T value) => value is string or bool or char or byte[] or Enum or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan
        or sbyte or byte or short or ushort or int or uint or long or ulong or nint or nuint or Int128 or UInt128 or Half or float or double or decimal;

    private static string? TextOf<T>(T value) => value switch
    {
        string text => text,
        bool truth => ObjectMasking.Text(truth),
        byte[] bytes => ObjectMasking.Text(bytes),
        ISpanFormattable formattable => ObjectMasking.Text(formattable),
        _ => null,
    };
}
