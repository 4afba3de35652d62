using Abm.Privacy.Classification;

namespace Abm.Privacy.Tests.Classification;

public class ClassifiedModelTests
{
    private static readonly ClassifiedModel Contact = ClassifiedModel.Of<SampleContact>();

    [Theory]
    [InlineData("Email", "contact.email", ClassificationSource.Member)]
    [InlineData("Country", "person.country", ClassificationSource.Member)]
    [InlineData("Id", "not-personal", ClassificationSource.Member)]
    [InlineData("Name", "person.name", ClassificationSource.Member)] // the overridden property carries the attribute
    [InlineData("TaxId", "person.national-id", ClassificationSource.Member)] // private, but declared
    [InlineData("Second", "contact.email", ClassificationSource.Type)]
    [InlineData("Phones", "contact.phone", ClassificationSource.Type)]
    [InlineData("Score", "behavior", ClassificationSource.Type)]
    [InlineData("Address.Street", "contact.postal-address", ClassificationSource.Member)] // on the record's parameter
    [InlineData("Others[].Street", "contact.postal-address", ClassificationSource.Member)]
    public void A_declaration_is_found_where_it_stands(string path, string dataClass, ClassificationSource source)
    {
        Assert.Equal(new DataClass(dataClass), Contact.ClassOf(path));
        Assert.Equal(source, Contact.Properties.Single(property => property.Path == path).Source);
    }

    [Theory]
    [InlineData("Notes")]
    [InlineData("Age")]
    [InlineData("TaxIdTail")]
    [InlineData("ByLabel")]
    [InlineData("Address.City")]
    [InlineData("Others[].City")]
    public void A_property_that_nobody_declared_is_a_gap(string path)
    {
        var property = Contact.Properties.Single(property => property.Path == path);

        Assert.True(property.IsGap);
        Assert.True(Contact.ClassOf(path).IsUnknown);
    }

    [Theory]
    [InlineData("Email", "contact.email")] // on the interface's member
    [InlineData("Phone", "contact.phone")] // on the base's member that is hidden
    [InlineData("Rank", "not-personal")]
    public void What_is_implemented_or_hidden_is_nearer_than_the_type(string path, string dataClass) =>
        Assert.Equal(new DataClass(dataClass), ClassifiedModel.Of<SampleLead>().ClassOf(path));

    [Fact]
    public void Nothing_is_missing_and_nothing_stands_twice() =>
        Assert.Equal(
            ["Address.City", "Address.Street", "Age", "ByLabel", "Country", "Email", "Id", "Manager", "Name", "Notes", "Others[].City", "Others[].Street", "Phones", "Score", "Second", "TaxId", "TaxIdTail"],
            Contact.Properties.Select(property => property.Path));

    [Fact]
    public void A_type_that_leads_back_to_itself_ends_there()
    {
        Assert.Equal(ClassificationSource.Repeated, Contact.Properties.Single(property => property.Path == "Manager").Source);
        Assert.Single(ClassifiedModel.Of<SampleNode<int>>().Properties);
    }

    [Fact]
    public void Types_that_refer_to_each_other_are_described_once()
    {
        var model = ClassifiedModel.Of<SampleWeb1>();

        Assert.InRange(model.Properties.Count, 20, 60);
        Assert.Single(model.Properties, property => property.Path.EndsWith(".Own3", StringComparison.Ordinal));
        Assert.Contains(model.Properties, property => property.Path == "To4" && property.Source == ClassificationSource.Repeated);
        Assert.All(model.Properties.Where(property => property.Path.Contains(".To", StringComparison.Ordinal) && property.Path.Contains("Own", StringComparison.Ordinal)), property => Assert.True(property.IsGap));
    }

    [Fact]
    public void A_path_that_does_not_exist_is_unknown() => Assert.True(Contact.ClassOf("Nothing").IsUnknown);

    [Fact]
    public void The_class_of_a_type_is_the_default_of_its_members()
    {
        var score = ClassifiedModel.Of<SampleScore>();

        Assert.Equal((new DataClass("behavior"), new DataClass("not-personal")), (score.ClassOf("Opens"), score.ClassOf("Model")));
    }

    [Fact]
    public void A_type_that_one_does_not_own_is_declared_in_code()
    {
        var inventory = new ClassifiedModelBuilder()
            .Declare<SampleForeign>(type => type
                .Property(foreign => foreign.Handle, DataClasses.SocialHandle)
                .Property(foreign => foreign.Born, DataClasses.BirthDate))
            .Declare<SamplePerson>(type => type.Property(person => person.Name, DataClasses.Person))
            .Declare<SampleAddress>(type => type.Default(DataClasses.Contact))
            .Add<SampleContact>()
            .Build();
        var foreign = inventory.Models.Single(model => model.Type == typeof(SampleForeign));
        var contact = inventory.Models.Single(model => model.Type == typeof(SampleContact));

        Assert.Equal((new DataClass("contact.social-handle"), new DataClass("person.birth-date")), (foreign.ClassOf("Handle"), foreign.ClassOf("Born")));
        Assert.True(foreign.ClassOf("Free").IsUnknown);
        Assert.Equal(new DataClass("person"), contact.ClassOf("Name"));
        Assert.Equal(new DataClass("contact"), contact.ClassOf("Address"));
    }

    [Fact]
    public void Only_a_direct_member_can_be_declared_in_code()
    {
        var builder = new ClassifiedModelBuilder();

        Assert.Throws<ArgumentException>(() => builder.Declare<SampleContact>(type => type.Property(contact => contact.Address.City, DataClasses.Contact)));
        Assert.Throws<ArgumentException>(() => builder.Declare<SampleContact>(type => type.Property(contact => contact.Email.Trim(), DataClasses.Email)));
        Assert.Throws<ArgumentException>(() => builder.Declare<SampleContact>(type => type.Property(contact => contact.Email, "E-Mail")));
    }

    [Fact]
    public void Every_wrong_class_name_in_an_attribute_is_named_with_type_and_property()
    {
        var error = Assert.Throws<ArgumentException>(ClassifiedModel.Of<Wrong>);

        Assert.Contains("'Email' of type Abm.Privacy.Tests.Classification.ClassifiedModelTests.Wrong says 'Contact Email'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Phone' of type Abm.Privacy.Tests.Classification.ClassifiedModelTests.Wrong says ''", error.Message, StringComparison.Ordinal);
    }

    private sealed class Wrong
    {
        [Classified("Contact Email")]
        public string Email { get; set; } = "";

        [Classified("")]
        public string Phone { get; set; } = "";
    }
}
