using System.Text.RegularExpressions;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>A field's frozen name is that of its property, with those of what it stands in put before it.</summary>
internal static class FieldParts
{
    /// <summary>Whether a frozen name can have come from its parts; one that is not known may be missing, or may be anything.</summary>
    public static bool CanBe(IReadOnlyList<string?> parts, string frozen)
    {
        var before = parts.Take(parts.Count - 1).Select(part => part is null ? @"(?:.+\.)?" : Regex.Escape(part) + @"\.");
        return Regex.IsMatch(frozen, "^" + string.Concat(before) + Regex.Escape(parts[parts.Count - 1]!) + @"\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
