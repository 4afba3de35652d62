using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Abm.Privacy.Masking.Json.Rules;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>Writes what stands for a masked value. Both engines write through here, so that their output is equal.</summary>
internal static class MaskedValue
{
    /// <summary>Masks a string.</summary>
    /// <param name="raw">What stands between the quotes.</param>
    /// <param name="isEscaped">Whether there is an escape.</param>
    /// <param name="treatment">How to mask it.</param>
    /// <param name="output">Receives the masked string with its quotes.</param>
    public static JsonFault WriteString(ReadOnlySpan<byte> raw, bool isEscaped, JsonTreatment treatment, ref JsonOutput output) =>
        isEscaped ? WriteEscaped(raw, treatment, ref output) : WriteText(raw, treatment, ref output);

    /// <summary>
    /// Masks a number by its text. Null says that there is no value; it stays. Of true and false any part tells all: they are
    /// masked whole.
    /// </summary>
    public static JsonFault WriteScalar(ReadOnlySpan<byte> raw, JsonTreatment treatment, ref JsonOutput output) => raw[0] switch
    {
        (byte)'n' => ToFault(output.Append(raw)),
        (byte)'t' or (byte)'f' => WriteWhole(treatment, ref output),
        _ => WriteText(raw, treatment, ref output),
    };

    /// <summary>Writes what stands for an object, an array, true, false or an invalid text.</summary>
    public static JsonFault WriteWhole(JsonTreatment treatment, ref JsonOutput output) => ToFault(output.Append(treatment.Whole));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static JsonFault WriteEscaped(ReadOnlySpan<byte> raw, JsonTreatment treatment, ref JsonOutput output)
    {
        using var scratch = new Scratch(stackalloc byte[Scratch.StackLength], raw.Length);
        if (!JsonText.TryUnescape(raw, scratch.Bytes, out var length))
        {
            return JsonFault.Malformed;
        }

        var text = scratch.Bytes[..length];
        return Utf8.IsValid(text) ? WriteText(text, treatment, ref output) : WriteWhole(treatment, ref output);
    }

    /// <summary>Masks a text that holds no escape.</summary>
    public static JsonFault WriteText(scoped ReadOnlySpan<byte> text, JsonTreatment treatment, ref JsonOutput output)
    {
        // what the mask may need is asked only where there may not be so much room
        var free = output.Free;
        if (free.Length < 2 || !treatment.TryMask(text, free[1..^1], out var written))
        {
            return WriteWithMoreRoom(text, treatment, ref output);
        }

        if (!JsonText.IsSafe(free, 1, written))
        {
            return WriteUnsafe(free.Slice(1, written), treatment, ref output);
        }

        free[0] = (byte)'"';
        free[written + 1] = (byte)'"';
        output.Advance(written + 2);
        return JsonFault.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static JsonFault WriteWithMoreRoom(scoped ReadOnlySpan<byte> text, JsonTreatment treatment, ref JsonOutput output)
    {
        var before = output.Free.Length;
        var isEnough = output.Reserve(treatment.GetMaxLength(text.Length) + 2L);
        return isEnough && output.Free.Length > before ? WriteText(text, treatment, ref output)
            : isEnough ? throw new InvalidOperationException("A mask needs more room than its GetMaxLength states. Correct the mask.")
            : JsonFault.DestinationTooSmall;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static JsonFault WriteUnsafe(scoped ReadOnlySpan<byte> masked, JsonTreatment treatment, ref JsonOutput output)
    {
        if (!Utf8.IsValid(masked))
        {
            // a mask that cut a character; no mask of the library does
            return WriteWhole(treatment, ref output);
        }

        using var scratch = new Scratch(stackalloc byte[Scratch.StackLength], (JsonText.MaxEscaped * masked.Length) + 2);
        scratch.Bytes[0] = (byte)'"';
        var length = 1 + JsonText.Escape(masked, scratch.Bytes[1..]);
        scratch.Bytes[length] = (byte)'"';
        return ToFault(output.Append(scratch.Bytes[..(length + 1)]));
    }

    private static JsonFault ToFault(bool isWritten) => isWritten ? JsonFault.None : JsonFault.DestinationTooSmall;
}
