using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Json.Engines;

namespace Abm.Privacy.Masking.Json.Rules;

/// <summary>What becomes of the values that a rule reaches.</summary>
internal sealed class JsonTreatment
{
    private readonly Treatment? _treatment;
    private readonly IMasker? _masker;
    private readonly DataClass _dataClass;

    private JsonTreatment(Treatment? treatment, IMasker? masker, DataClass dataClass, object identity)
    {
        _treatment = treatment;
        _masker = masker;
        _dataClass = dataClass;
        Identity = identity;
        Whole = MaskWhole();
    }

    /// <summary>What several rules get that reach the same value and disagree.</summary>
    public static JsonTreatment Hidden { get; } = Of(Treatment.Of(Mask.Hide), Mask.Hide);

    /// <summary>Two treatments with equal identities do the same.</summary>
    public object Identity { get; }

    /// <summary>The JSON string that stands for a value that is no valid text: what the mask writes for invalid Unicode.</summary>
    public byte[] Whole { get; }

    public static JsonTreatment Of(Treatment treatment, object identity) => new(treatment, null, default, identity);

    public static JsonTreatment Of(IMasker masker, DataClass dataClass) => new(null, masker, dataClass, (masker, dataClass));

    public int GetMaxLength(int sourceLength) =>
        _treatment is not null ? _treatment.GetMaxLength(sourceLength) : _masker!.GetMaxLength(_dataClass, sourceLength);

    public bool TryMask(ReadOnlySpan<byte> source, Span<byte> destination, out int written) =>
        _treatment is not null
            ? _treatment.TryMask(source, destination, out written)
            : _masker!.TryMask(_dataClass, source, destination, out written);

    private byte[] MaskWhole()
    {
        ReadOnlySpan<byte> invalid = [0xFF];
        var masked = new byte[GetMaxLength(invalid.Length)];
        var isMasked = TryMask(invalid, masked, out var written) && Utf8.IsValid(masked.AsSpan(0, written));
        var text = isMasked ? masked.AsSpan(0, written) : Encoding.UTF8.GetBytes(Stars.Text);
        var json = new ArrayBufferWriter<byte>();
        json.Write("\""u8);
        json.Write(JsonText.Escape(text));
        json.Write("\""u8);
        return json.WrittenSpan.ToArray();
    }
}
