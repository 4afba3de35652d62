using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Tests.Support;

/// <summary>How a build prints what is reported.</summary>
internal static class Reports
{
    /// <summary>For each: id, file, line and column, as <c>ABMP001 privacy-baseline.json(4,5)</c>.</summary>
    public static IEnumerable<string> Places(this IEnumerable<Diagnostic> reported) => reported.Select(diagnostic =>
    {
        var place = diagnostic.Location.GetLineSpan();
        return $"{diagnostic.Id} {place.Path}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1})";
    });

    public static IEnumerable<string> Ids(this IEnumerable<Diagnostic> reported) => reported.Select(diagnostic => diagnostic.Id);

    public static string Text(this Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);
}
