using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Identifiers;

public class IdentifierCoverageTests
{
    [Fact]
    public void Every_identifier_of_the_library_is_under_the_contract()
    {
        var identifiers = typeof(IIdentifier).Assembly.GetExportedTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IIdentifier)));
        var covered = typeof(IdentifierCoverageTests).Assembly.GetTypes()
            .Where(type => type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(IdentifierContract<>))
            .Select(type => type.BaseType!.GenericTypeArguments[0]);

        Assert.Equal(identifiers.Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))), covered.OrderBy(type => type.Name, StringComparer.Ordinal));
    }
}
