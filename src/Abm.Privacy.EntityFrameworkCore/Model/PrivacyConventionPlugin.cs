using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>Adds the one convention of this package.</summary>
internal sealed class PrivacyConventionPlugin(IDbContextOptions options) : IConventionSetPlugin
{
    public ConventionSet ModifyConventions(ConventionSet conventionSet)
    {
        var convention = new PrivacyConvention(PrivacyOptionsExtension.Of(options).Baseline);

        // after relationships are settled, and before the types of columns are: it may add one
        var finalizing = conventionSet.ModelFinalizingConventions;
        var typeMapping = finalizing.FindIndex(existing => existing is ElementMappingConvention);
        finalizing.Insert(typeMapping < 0 ? finalizing.Count : typeMapping, convention);
        return conventionSet;
    }
}
