using System.Text.RegularExpressions;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Keyed;
using Abm.Privacy.Tests.Masking.Keyed;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The code and the table of docs/keyed-masking.md. <see cref="DocsTests"/> compares the code, line by line.</summary>
public sealed partial class KeyedMaskingDocsSnippets
{
    private static readonly MaskingKey Key = TestMaskingKey.Shared;

    [Fact]
    public async Task Opening()
    {
        var tenant = TestKeys.Tenant;
        var ct = TestContext.Current.CancellationToken;
        var services = new ServiceCollection();

        #region keyed-register
        services.AddAbmPrivacy(privacy => privacy.AddKeyedMasking(keys => keys.AllowVolatileKeys()));   // or a root key: docs/keys.md
        #endregion

        using var provider = services.BuildServiceProvider();
        var masking = provider.GetRequiredService<MaskingKeyProvider>();

        #region keyed-use
        using MaskingKey key = await masking.OpenAsync(tenant, "test-data", cancellationToken: ct);

        var token = new TokenMask(key, "contact.email");
        var name = new FakeMask(key, "person.name", FakeTemplate.PersonName);

        string one = Mask.Apply("jane.doe@example.com", token);
        string same = Mask.Apply("jane.doe@example.com", token);         // equal, in every process that opens this key
        string invented = Mask.Apply("Jane Doe", name);
        #endregion

        Assert.Equal(one, same);
        Assert.Matches("^[A-Z][a-z]+ [A-Z][a-z]+$", invented);
    }

    [Fact]
    public void Subjects()
    {
        var key = Key;

        #region keyed-subject
        var shift = new DateShift(key, "dates", minDays: -365, maxDays: 365);
        DateShiftMask dates = shift.For(new SubjectId("7f3c"));
        string born = Mask.Apply("1980-02-29", dates);
        string bought = Mask.Apply("2024-02-29T08:15:00Z", dates);       // as many days later as before

        NoiseMask salary = NumberNoise.Relative(key, "salary", 0.1m, min: 0).For(new SubjectId("7f3c"));
        string about = Mask.Apply("52000", salary);
        #endregion

        Assert.Equal(16_071, DateOnly.Parse(bought[..10], System.Globalization.CultureInfo.InvariantCulture).DayNumber - DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture).DayNumber);
        Assert.InRange(int.Parse(about, System.Globalization.CultureInfo.InvariantCulture), 46_800, 57_200);
    }

    [Fact]
    public void Uniqueness()
    {
        var key = Key;

        #region keyed-unique
        var login = new FakeMask(key, "contact.email", FakeTemplate.Email, FakeUniqueness.Suffixed);        // any value
        var customer = new FakeMask(key, "customer", FakeTemplate.LongPersonName, FakeUniqueness.Numbered);  // "4711" -> a name nobody else gets
        var number = new FormatPreservingMask(key, "customer.number");                                       // "170-123456" -> other digits, same form
        #endregion

        Assert.EndsWith("@example.com", Mask.Apply("jane.doe@example.com", login), StringComparison.Ordinal);
        Assert.NotEqual(Mask.Apply("4711", customer), Mask.Apply("4712", customer));
        Assert.Matches(@"^\d{3}-\d{6}$", Mask.Apply("170-123456", number));
    }

    [Fact]
    public void Words()
    {
        var key = Key;

        #region keyed-words
        var teams = new FakeWordList("teams", version: 1, ["Otters", "Herons", "Badgers", "Lynxes"]);
        var league = new FakeTemplate("team", "The {0}{unique}", teams);
        var team = new FakeMask(key, "team", league, FakeUniqueness.Suffixed);
        #endregion

        Assert.Matches("^The [A-Z][a-z]+-[0-9a-f]{32}$", Mask.Apply("Real Team", team));
    }

    [Fact]
    public void Classes()
    {
        var key = Key;

        #region keyed-class
        var options = new MaskingOptions()
            .Use(new DataClass(DataClasses.Email), new TokenMask(key, "contact.email"))
            .Use(new DataClass(DataClasses.PersonName), new FakeMask(key, "person.name", FakeTemplate.PersonName));
        var masker = new Masker(options);
        #endregion

        Assert.Equal("Fabian Elmdale", masker.Mask(new DataClass(DataClasses.PersonName), "Jane Doe"));
    }

    [Fact]
    public void Columns()
    {
        var key = Key;
        string[] salaries = ["52000", "61000", "38000"];

        #region keyed-shuffle
        new ColumnShuffle(key, "salary").Shuffle<string>(salaries, erased: "***");   // in the order of the primary key
        #endregion

        Assert.Equal(["38000", "52000", "61000"], salaries.Order());
    }

    [Fact]
    public void Every_row_of_the_table_is_what_the_mask_does()
    {
        var rows = Row().Matches(File.ReadAllText(Repository.Path("docs", "keyed-masking.md"))).ToList();
        var jane = new SubjectId("subject-jane");
        var checkedTypes = new HashSet<Type>();
        foreach (var row in rows)
        {
            var (input, output, traits) = (row.Groups["in"].Value, row.Groups["out"].Value, row.Groups["traits"].Value);
            switch (row.Groups["mask"].Value)
            {
                case "TokenMask": Check(new TokenMask(Key, "contact.email")); break;
                case "FakeMask, PersonName": Check(new FakeMask(Key, "person.name", FakeTemplate.PersonName)); break;
                case "FakeMask, LongPersonName, Numbered": Check(new FakeMask(Key, "person.name", FakeTemplate.LongPersonName, FakeUniqueness.Numbered)); break;
                case "FakeMask, Email": Check(new FakeMask(Key, "contact.email", FakeTemplate.Email)); break;
                case "FakeMask, Email, Suffixed": Check(new FakeMask(Key, "contact.email", FakeTemplate.Email, FakeUniqueness.Suffixed)); break;
                case "FakeMask, Company": Check(new FakeMask(Key, "account.name", FakeTemplate.Company)); break;
                case "FakeMask, Phone": Check(new FakeMask(Key, "contact.phone", FakeTemplate.Phone)); break;
                case "FakeMask, Street": Check(new FakeMask(Key, "contact.street", FakeTemplate.Street)); break;
                case "FakeMask, City": Check(new FakeMask(Key, "contact.city", FakeTemplate.City)); break;
                case "FormatPreservingMask": Check(new FormatPreservingMask(Key, "contact.phone")); break;
                case "DateShiftMask": Check(new DateShift(Key, "dates").For(jane)); break;
                case "NoiseMask, absolute 1000": Check(NumberNoise.Absolute(Key, "salary", 1000).For(jane)); break;
                case "NoiseMask, relative 0.1": Check(NumberNoise.Relative(Key, "salary", 0.1m).For(jane)); break;
                default: Assert.Fail($"no mask '{row.Groups["mask"].Value}'"); break;
            }

            void Check<TMask>(TMask mask)
                where TMask : struct, IMask
            {
                checkedTypes.Add(typeof(TMask));
                Assert.Equal((output, traits), (Mask.Apply(input, mask), mask.Traits.ToString()));
            }
        }

        var all = typeof(TokenMask).Assembly.GetTypes().Where(type => type.Namespace == typeof(TokenMask).Namespace && type.IsValueType && type.IsAssignableTo(typeof(IMask)));
        Assert.Empty(all.Except(checkedTypes));
        Assert.True(rows.Count >= 16, "the table was not found");
    }

    [GeneratedRegex(@"^\| `(?<mask>[^`|]+)` \| `(?<in>[^`|]*)` \| `(?<out>[^`|]*)` \| (?<traits>[\w, ]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
