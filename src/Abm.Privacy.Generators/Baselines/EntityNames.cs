using System.Text;
using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>Entity Framework's names of classes, and the compiler's: <c>Space.Outer+Entity&lt;Space.Part&gt;</c> is <c>Space.Outer+Entity`1</c>.</summary>
internal static class EntityNames
{
    /// <summary>The class that Entity Framework calls so; one of this compilation before one that it refers to.</summary>
    public static INamedTypeSymbol? Find(Compilation compilation, string name)
    {
        var found = compilation.GetTypesByMetadataName(MetadataName(name));
        return found.FirstOrDefault(type => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)) ?? found.FirstOrDefault();
    }

    /// <summary>Whether a name is the name of a class; of a closed generic one, whatever it is closed with.</summary>
    public static bool IsNameOf(string name, ITypeSymbol type) => MetadataName(name) == MetadataName(type);

    private static string MetadataName(ITypeSymbol type) => type switch
    {
        { ContainingType: { } outer } => $"{MetadataName(outer)}+{type.MetadataName}",
        { ContainingNamespace: { IsGlobalNamespace: false } space } => $"{space.ToDisplayString()}.{type.MetadataName}",
        _ => type.MetadataName,
    };

    private static string MetadataName(string name)
    {
        var metadata = new StringBuilder();
        var (depth, arguments) = (0, 0);
        foreach (var letter in name)
        {
            if (letter == '<' && depth++ == 0)
            {
                arguments = 1;
            }
            else if (letter == '>' && --depth == 0)
            {
                metadata.Append('`').Append(arguments);
            }
            else if (depth == 0)
            {
                metadata.Append(letter);
            }
            else if (letter == ',' && depth == 1)
            {
                arguments++;
            }
        }

        return metadata.ToString();
    }
}
