namespace Abm.Privacy.Masking.Text;

/// <summary>What a <see cref="TextRedactor"/> writes in place of what was found.</summary>
public sealed class TextRedactorOptions
{
    /// <summary>
    /// Masks by kind, in the form of <see cref="MaskingOptions.Classes"/>: <c>payment-card</c>, <c>constant:[card]</c>. A kind
    /// that is not listed is replaced by its name, such as <c>[email]</c>; a match of a pattern by the pattern's name.
    /// </summary>
    public IDictionary<TextKind, string> Masks { get; } = new Dictionary<TextKind, string>();

    /// <summary>What <see cref="Use"/> has set; a field, so that no configuration binds it.</summary>
    internal readonly Dictionary<TextKind, Treatment> Treatments = [];

    /// <summary>Sets a mask that text cannot name, such as one of the application's own.</summary>
    /// <typeparam name="TMask">The mask.</typeparam>
    /// <param name="kind">What it masks. A kind that also stands in <see cref="Masks"/> is a fault.</param>
    /// <param name="mask">The mask.</param>
    /// <returns>The same options.</returns>
    public TextRedactorOptions Use<TMask>(TextKind kind, TMask mask)
        where TMask : struct, IMask
    {
        Treatments[kind] = Treatment.Of(mask);
        return this;
    }
}
