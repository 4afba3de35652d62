using Abm.Privacy.Generators.Tests.Support;

namespace Abm.Privacy.Generators.Tests.Masking;

/// <summary>What cannot be masked is told, and then there is nothing to call.</summary>
public class MaskingFaultTests
{
    [Theory]
    [InlineData("public class C { [Classified(DataClasses.Email)] public string Email { get; private set; } = \"\"; }", "ABMP010 Shop3.cs(1,64)", "'Email' has no setter")]
    [InlineData("public class C { [Classified(DataClasses.Email)] public readonly string Email = \"\"; }", "ABMP010 Shop3.cs(1,73)", "'Email' has no setter")]
    [InlineData("public class C { private C() { } [Classified(DataClasses.Email)] public string Email { get; set; } = \"\"; }", "ABMP010 Shop3.cs(1,14)", "no constructor that generated code can call")]
    [InlineData("public class C { public C(int other) { } [Classified(DataClasses.Email)] public string Email { get; set; } = \"\"; }", "ABMP010 Shop3.cs(1,14)", "a parameter that is no member")]
    [InlineData("public class C { [Classified(DataClasses.Email)] public ImmutableArray<string> Emails { get; } = []; }", "ABMP010 Shop3.cs(1,80)", "'Emails' has no setter")]
    [InlineData("public class C { [Classified(DataClasses.Note)] public object? Any { get; set; } }", "ABMP011 Shop3.cs(1,64)", "'Any' is classified, and a value of type 'object")]
    [InlineData("public class C { [Classified(DataClasses.Note)] public JsonElement Any { get; set; } }", "ABMP011 Shop3.cs(1,68)", "'Any' is classified")]
    [InlineData("public class C { [Classified(DataClasses.Note)] public (string, int) Any { get; set; } }", "ABMP011 Shop3.cs(1,70)", "'Any' is classified")]
    [InlineData("public class C { [Classified(DataClasses.Note)] public List<Stream> Any { get; set; } = []; }", "ABMP011 Shop3.cs(1,69)", "'Any' is classified")]
    [InlineData("public class C { [Classified(DataClasses.NotPersonal)] public object? Any { get; set; } }", "ABMP011 Shop3.cs(1,71)", "'Any' is kept, and a value of type 'object?' may hold anything")]
    [InlineData("public class C { private class D { [Classified(DataClasses.Email)] public string Email { get; set; } = \"\"; } }", "ABMP012 Shop3.cs(1,32)", "generated code cannot reach the type")]
    [InlineData("file class C { [Classified(DataClasses.Email)] public string Email { get; set; } = \"\"; }", "ABMP012 Shop3.cs(1,12)", "generated code cannot reach the type")]
    [InlineData("public ref struct C { [Classified(DataClasses.Email)] public string Email { get; set; } }", "ABMP012 Shop3.cs(1,19)", "ref struct")]
    [InlineData("public class C { [Classified(\"Contact Email\")] public string Email { get; set; } = \"\"; }", "ABMP013 Shop3.cs(1,62)", "'Contact Email' of 'Email' is not a data class")]
    [InlineData("public class C { [Classified(DataClasses.Email)] public string Email { get; set; } = \"\"; public D? Inner { get; set; } } public class D { [Classified(DataClasses.Email)] public string Email { get; } = \"\"; }", "ABMP010 Shop3.cs(1,185)", "for D: 'Email' has no setter")]
    [InlineData("public class A { [Classified(DataClasses.Email)] public string Email { get; set; } = \"\"; } public class B : A { [Classified(DataClasses.Phone)] public string Phone { get; } = \"\"; }", "ABMP010 Shop3.cs(1,159)", "for B: 'Phone' has no setter")]
    [InlineData("public interface IA { [Classified(DataClasses.Email)] string Main { get; } } public interface IB { [Classified(DataClasses.Phone)] string Main { get; } } public class C : IA, IB { public string Main { get; set; } = \"\"; }", "ABMP013 Shop3.cs(1,195)", "different data classes: contact.email, contact.phone")]
    public void A_type_that_cannot_be_masked_is_reported(string source, string place, string message)
    {
        var fault = Assert.Single(Generation.Report(source));

        Assert.Equal(place, Assert.Single(((IEnumerable<Microsoft.CodeAnalysis.Diagnostic>)[fault]).Places()));
        Assert.Contains(message, fault.Text(), StringComparison.Ordinal);
        Assert.Contains("No masking is generated for", fault.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Generation.Driver().RunGenerators(Generation.Compile(source), TestContext.Current.CancellationToken).GetRunResult().GeneratedTrees,
            tree => !source.Contains("interface", StringComparison.Ordinal) || tree.ToString().Contains(" Copy(global::C value", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public class C { public string Email { get; private set; } = \"\"; }")]
    [InlineData("public class C { [Classified(DataClasses.Email)] public string Email { get; set; } = \"\"; public D? Inner { get; set; } } public class D { private D() { } public string Text { get; private set; } = \"\"; }")]
    [InlineData("public class C { [Classified(DataClasses.Email)] public string Email { get; set; } = \"\"; public object? Any { get; set; } public Stream? Stream { get; set; } public Action? Act { get; set; } }")]
    [InlineData("public class C { [Classified(DataClasses.Email)] private string Email { get; set; } = \"\"; public string Tail => Email; }")]
    [InlineData("public class C { [Classified(DataClasses.Email)] public static string Shared { get; set; } = \"\"; }")]
    [InlineData("public class C { public void M([Classified(DataClasses.Email)] string email) { } }")]
    public void What_holds_nothing_classified_in_reach_is_not_reported(string source) => Assert.Empty(Generation.Report(source));
}
