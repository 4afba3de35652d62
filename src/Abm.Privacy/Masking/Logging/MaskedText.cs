namespace Abm.Privacy.Masking.Logging;

/// <summary>A state that has no keys: its text, and the message, are all that a provider sees.</summary>
internal sealed class MaskedText(LogMasker masker, Func<string> stateText, Func<string> message)
{
    public static readonly Func<MaskedText, Exception?, string> Formatter = static (state, _) => state.Message();

    public override string ToString() => Redact(stateText);

    public string Message() => Redact(message);

    private string Redact(Func<string> text)
    {
        try
        {
            return masker.Redact(text());
        }
        catch (Exception fault)
        {
            return Withheld.Message(fault);
        }
    }
}
