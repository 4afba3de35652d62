namespace Abm.Privacy.Consent.Sending;

/// <summary>One reason why a message may not be sent.</summary>
/// <param name="Kind">What kind of reason.</param>
/// <param name="Obligation">For <see cref="MessageFaultKind.ObligationUnmet"/>: the code of the obligation; else null.</param>
/// <param name="Text">A sentence that says what is missing and how to mend it.</param>
public sealed record MessageFault(MessageFaultKind Kind, string? Obligation, string Text)
{
    /// <summary>The sentence.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}
