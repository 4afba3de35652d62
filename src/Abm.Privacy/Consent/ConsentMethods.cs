namespace Abm.Privacy.Consent;

/// <summary>The codes of <see cref="ConsentFacts.ConsentMethod"/>: how consent was given, valid or not.</summary>
public static class ConsentMethods
{
    /// <summary>A box that the person ticked.</summary>
    public const string Form = "form";

    /// <summary>A button with nothing else behind it.</summary>
    public const string Button = "button";

    /// <summary>An answer to a message.</summary>
    public const string Reply = "reply";

    /// <summary>A signature on paper or screen.</summary>
    public const string Signature = "signature";

    /// <summary>A recorded conversation.</summary>
    public const string Voice = "voice";

    /// <summary>A call of the application's interface on the person's behalf.</summary>
    public const string Api = "api";

    /// <summary>A consent string such as TCF or GPP.</summary>
    public const string Signal = "signal";

    /// <summary>A box that was ticked beforehand.</summary>
    public const string Preticked = "preticked";

    /// <summary>The person said nothing.</summary>
    public const string Silence = "silence";

    /// <summary>Part of other terms that could not be refused alone.</summary>
    public const string Bundled = "bundled";

    /// <summary>A list from elsewhere without its own proof.</summary>
    public const string Import = "import";

    internal static string[] All => [Form, Button, Reply, Signature, Voice, Api, Signal, Preticked, Silence, Bundled, Import];
}
