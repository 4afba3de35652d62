using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Stands for an <see cref="AggregateException"/> that is logged, so that a provider finds all that are inside it.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made here alone.")]
[SuppressMessage("Design", "CA1064", Justification = "Never thrown.")]
internal sealed class MaskedAggregateException : AggregateException
{
    private readonly LogMasker _masker;
    private readonly Exception _original;
    private IDictionary? _data;
    private string? _text;

    public MaskedAggregateException(LogMasker masker, Exception original, string message, IEnumerable<Exception> inner)
        : base(message, inner)
    {
        (_masker, _original, Message) = (masker, original, message);
        HResult = original.HResult;
    }

    public override string Message { get; }

    public override IDictionary Data => _data ??= ExceptionText.Data(_masker, _original);

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

    public override string ToString() => _text ??= ExceptionText.Of(_masker, _original);
}
