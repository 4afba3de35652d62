namespace Abm.Privacy.Masking.Logging;

/// <summary>What is logged where masking itself failed: the kind of the fault and nothing of the data.</summary>
internal static class Withheld
{
    public const string TooMuch = "[withheld: too much to read]";

    public const string NoKey = "[withheld: key not known]";

    public static string Message(Exception fault) => $"[log message withheld: {fault.GetType().Name}]";

    public static string Value(Exception fault) => $"[value withheld: {fault.GetType().Name}]";

    public static string Scope(Exception fault) => $"[log scope withheld: {fault.GetType().Name}]";

    public static string Text(Exception fault) => $"[exception text withheld: {fault.GetType().Name}]";
}
