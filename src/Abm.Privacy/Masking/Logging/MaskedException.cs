using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy.Masking.Logging;

/// <summary>
/// Stands for an exception that is logged. Another type on purpose: a provider that walks through properties would find
/// those of the original.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Made here alone.")]
[SuppressMessage("Design", "CA1064", Justification = "Never thrown.")]
internal sealed class MaskedException : Exception
{
    private readonly LogMasker _masker;
    private readonly Exception? _original;
    private IDictionary? _data;
    private string? _text;

    public MaskedException(LogMasker masker, Exception? original, string message, Exception? inner)
        : base(message, inner)
    {
        (_masker, _original) = (masker, original);
        HResult = original?.HResult ?? HResult;
    }

    public override IDictionary Data => _data ??= _original is null ? new Hashtable() : ExceptionText.Data(_masker, _original);

    public override string? StackTrace => ExceptionText.Part(_masker, _original, static original => original.StackTrace);

    public override string? Source
    {
        get => ExceptionText.Part(_masker, _original, static original => original.Source);
        set => base.Source = value;
    }

    public override string? HelpLink
    {
        get => ExceptionText.Part(_masker, _original, static original => original.HelpLink);
        set => base.HelpLink = value;
    }

    public override string ToString() => _text ??= _original is null ? Message : ExceptionText.Of(_masker, _original);
}
