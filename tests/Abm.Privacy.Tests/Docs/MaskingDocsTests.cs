using System.Text;
using Abm.Privacy.Masking;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The tables of docs/masking.md are examples that are run.</summary>
public class MaskingDocsTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.Path("docs", "masking.md"));

    public static TheoryData<string, string, string, string, string> Examples =>
        [.. Rows("## Masks").Select(row => (row[0], row[1], row[2], row[3], row[5]))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_what_the_mask_does(string mask, string specification, string value, string masked, string traits)
    {
        var treatment = MaskSpecification.Parse(specification);
        var utf8 = new byte[treatment.GetMaxLength(Encoding.UTF8.GetByteCount(value))];

        Assert.Equal(mask, treatment.GetType().GetGenericArguments()[0].Name);
        Assert.Equal(masked, treatment.Mask(value));
        Assert.True(treatment.TryMask(Encoding.UTF8.GetBytes(value), utf8, out var written));
        Assert.Equal(masked, Encoding.UTF8.GetString(utf8, 0, written));
        Assert.Equal(treatment.Traits, traits.Split(", ").Aggregate(MaskTraits.None, (all, name) => all | Trait(name)));
    }

    [Fact]
    public void Every_mask_without_a_key_is_in_the_table()
    {
        var masks = typeof(IMask).Assembly.GetTypes()
            .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IMask)) && type.Namespace == typeof(IMask).Namespace)
            .Select(type => type.Name).ToHashSet();

        Assert.True(masks.Count >= 15, "The masks were not found.");
        Assert.Equal(masks, Rows("## Masks").Select(row => row[0]).ToHashSet());
    }

    [Fact]
    public void The_defaults_are_those_of_the_page() =>
        Assert.Equal(DefaultMasks.Specifications.OrderBy(entry => entry.Key), Rows("## Which class gets which mask").Select(row => KeyValuePair.Create(row[0], row[1])).OrderBy(entry => entry.Key));

    /// <summary>The rows of the first table below a heading, without the marks of code.</summary>
    private static IEnumerable<string[]> Rows(string heading) =>
        Lines.SkipWhile(line => line != heading)
            .SkipWhile(line => !line.StartsWith("| ---", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());

    private static MaskTraits Trait(string name) => name switch
    {
        "preserves length" => MaskTraits.PreservesLength,
        "hides length" => MaskTraits.HidesLength,
        "deterministic" => MaskTraits.Deterministic,
        "reversible" => MaskTraits.Reversible,
        "idempotent" => MaskTraits.Idempotent,
        "writes null" => MaskTraits.WritesNull,
        _ => throw new ArgumentException($"The page names a trait '{name}' that there is not.", nameof(name)),
    };
}
