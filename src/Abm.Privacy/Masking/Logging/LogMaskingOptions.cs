using Abm.Privacy.Masking.Text;

namespace Abm.Privacy.Masking.Logging;

/// <summary>What log masking does beside finding personal data in text.</summary>
/// <remarks>
/// Keys are the names of placeholders, scope entries, dictionary entries and exception data. They are compared without
/// regard to case, to anything but letters and digits, and to the <c>@</c> and <c>$</c> of destructuring.
/// </remarks>
public sealed class LogMaskingOptions
{
    /// <summary>
    /// The name of the <see cref="TextRedactor"/> that reads every text. The default is null: the redactor that was added
    /// without a name, or <see cref="TextRedactor.Default"/> if none was.
    /// </summary>
    public string? RedactorName { get; set; }

    /// <summary>
    /// Keys whose values are never shown. A key that ends with one of them is hidden too: <c>DbPassword</c>, and with a number
    /// or the s of a plural behind it: <c>Password1</c>, <c>ApiKeys</c>. The default is <c>password</c>, <c>passwd</c>, <c>pwd</c>, <c>passphrase</c>, <c>secret</c>, <c>authorization</c>, <c>token</c>,
    /// <c>apikey</c>, <c>privatekey</c>, <c>credential</c>, <c>credentials</c>, <c>cookie</c>, <c>connectionstring</c>,
    /// <c>cvc</c> and <c>cvv</c>. Configuration adds to it.
    /// </summary>
    public ISet<string> HiddenKeys { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passwd", "pwd", "passphrase", "secret", "authorization", "token", "apikey", "privatekey",
        "credential", "credentials", "cookie", "connectionstring", "cvc", "cvv",
    };

    /// <summary>
    /// Masks by key, in the form of <see cref="MaskingOptions.Classes"/>: <c>email</c>, <c>keep-last:4</c>. The key must match
    /// as a whole, and wins over <see cref="HiddenKeys"/>; with <c>clear</c> its value is not hidden, and read like any other text.
    /// </summary>
    public IDictionary<string, string> Masks { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What <see cref="Use"/> has set; a field, so that no configuration binds it.</summary>
    internal readonly Dictionary<string, Treatment> Treatments = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets a mask that text cannot name, such as one of the application's own.</summary>
    /// <typeparam name="TMask">The mask.</typeparam>
    /// <param name="key">The key whose values it masks. A key that also stands in <see cref="Masks"/> is a fault.</param>
    /// <param name="mask">The mask.</param>
    /// <returns>The same options.</returns>
    public LogMaskingOptions Use<TMask>(string key, TMask mask)
        where TMask : struct, IMask
    {
        ArgumentNullException.ThrowIfNull(key);
        Treatments[key] = Treatment.Of(mask);
        return this;
    }
}
