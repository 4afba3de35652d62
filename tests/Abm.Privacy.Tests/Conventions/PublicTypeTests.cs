using System.Reflection;
using System.Xml.Linq;

namespace Abm.Privacy.Tests.Conventions;

public class PublicTypeTests
{
    private static readonly Assembly Library = typeof(PrivacyException).Assembly;

    private static IEnumerable<Type> PublicTypes => Library.GetExportedTypes();

    [Fact]
    public void A_public_class_is_sealed_or_says_that_it_may_be_derived_from()
    {
        var documentation = XDocument.Load(Path.ChangeExtension(Library.Location, ".xml"));
        var open = PublicTypes.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false });

        Assert.Empty(open.Where(type => !RemarksOf(documentation, type).Contains("May be derived from", StringComparison.Ordinal)).Select(type => type.FullName));
    }

    [Fact]
    public void Every_options_type_has_a_validator_beside_it()
    {
        var options = Library.GetTypes().Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.IsClass).ToList();
        var missing = options.Where(type => !HasValidator(type) && !options.Any(owner => HasValidator(owner) && owner.GetProperties().Any(part => part.PropertyType == type)));

        Assert.NotEmpty(options);
        Assert.Empty(missing.Select(type => type.FullName));
    }

    [Fact]
    public void Every_asynchronous_method_takes_a_cancellation_token()
    {
        var without =
            from type in PublicTypes
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where (method.IsPublic || method.IsFamily) && IsAsynchronous(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync)
            where method.GetParameters().All(parameter => parameter.ParameterType != typeof(CancellationToken))
            select $"{type.FullName}.{method.Name}";

        Assert.Empty(without);
    }

    [Fact]
    public void Every_implementation_of_a_contract_is_tested_by_it()
    {
        var tests = typeof(PublicTypeTests).Assembly.GetTypes();
        var contracts = tests.Where(type => type.IsAbstract && type.Name.EndsWith("Contract", StringComparison.Ordinal)).ToDictionary(type => "I" + type.Name[..^"Contract".Length]);
        var untested =
            from type in Library.GetTypes()
            where type is { IsAbstract: false, IsInterface: false }
            from contract in type.GetInterfaces().Where(i => i.Assembly == Library && contracts.ContainsKey(i.Name)).Select(i => contracts[i.Name])
            where !tests.Any(test => !test.IsAbstract && contract.IsAssignableFrom(test) && test.Name == type.Name + "Tests")
            select $"{type.Name} has no class {type.Name}Tests : {contract.Name}";

        Assert.True(contracts.Count >= 5, "the contracts were not found");
        Assert.Empty(untested);
    }

    private static bool HasValidator(Type options) => Library.GetType($"{options.FullName}Validator") is { } validator
        && validator.GetInterfaces().Any(i => i.Name == "IValidateOptions`1" && i.GetGenericArguments()[0] == options);

    private static bool IsAsynchronous(Type type) =>
        (type.Namespace, type.Name.Split('`')[0]) is
            ("System.Threading.Tasks", "Task" or "ValueTask") or ("System.Collections.Generic", "IAsyncEnumerable");

    private static string RemarksOf(XDocument documentation, Type type) => documentation.Descendants("member")
        .FirstOrDefault(member => (string?)member.Attribute("name") == $"T:{type.FullName}")?.Element("remarks")?.Value ?? "";
}
