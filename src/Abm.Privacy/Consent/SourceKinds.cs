namespace Abm.Privacy.Consent;

/// <summary>The codes of <see cref="ConsentFacts.SourceKind"/>: where the data came from.</summary>
public static class SourceKinds
{
    /// <summary>The person.</summary>
    public const string Subject = "subject";

    /// <summary>Another company, such as a partner.</summary>
    public const string ThirdParty = "third_party";

    /// <summary>A public source, such as a website or a register.</summary>
    public const string Public = "public";

    /// <summary>A seller of data.</summary>
    public const string Broker = "broker";

    internal static string[] All => [Subject, ThirdParty, Public, Broker];
}
