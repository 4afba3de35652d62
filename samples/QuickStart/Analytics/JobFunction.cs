namespace QuickStart.Analytics;

/// <summary>What a job title is about, in a few coarse words: a title itself can single a person out at a small account.</summary>
internal static class JobFunction
{
    public const string Unknown = "unknown";
    private const string Other = "other";

    private static readonly (string Part, string Function)[] Parts =
    [
        ("marketing", "marketing"), ("demand gen", "marketing"),
        ("sales", "sales"), ("vertrieb", "sales"), ("comercial", "sales"), ("commercial", "sales"),
        ("procure", "purchasing"), ("einkauf", "purchasing"), ("achat", "purchasing"), ("achet", "purchasing"), ("comprad", "purchasing"),
        ("cfo", "finance"), ("financ", "finance"), ("controller", "finance"),
        ("it-", "it"), ("it manager", "it"), ("of it", "it"), ("dsi", "it"), (" ti", "it"),
        ("operation", "operations"), ("plant", "operations"), ("werk", "operations"), ("projet", "operations"),
        ("geschäftsführ", "management"), ("général", "management"), ("secretary", "management"),
    ];

    public static string Of(string? title) => title is null
        ? Unknown
        : Array.Find(Parts, part => title.Contains(part.Part, StringComparison.OrdinalIgnoreCase)).Function ?? Other;
}
