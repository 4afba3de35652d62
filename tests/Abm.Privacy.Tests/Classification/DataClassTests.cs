using System.Reflection;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Tests.Classification;

public class DataClassTests
{
    [Theory]
    [InlineData("contact", "contact.email", true)]
    [InlineData("contact.email", "contact.email", true)]
    [InlineData("contact.email", "contact.email.private", true)]
    [InlineData("cont", "contact.email", false)]
    [InlineData("contact.e", "contact.email", false)]
    [InlineData("contact.email", "contact", false)]
    public void A_class_covers_itself_and_what_lies_below_it(string upper, string lower, bool covers) =>
        Assert.Equal(covers, new DataClass(upper).Covers(new DataClass(lower)));

    [Fact]
    public void The_unknown_class_covers_nothing_and_is_covered_by_nothing()
    {
        Assert.False(DataClass.Unknown.Covers(DataClass.Unknown));
        Assert.False(DataClass.Unknown.Covers(new DataClass("contact")));
        Assert.False(new DataClass("contact").Covers(DataClass.Unknown));
        Assert.Equal(("(unknown)", "", true), (DataClass.Unknown.ToString(), DataClass.Unknown.Name, DataClass.Unknown.IsUnknown));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("contact.")]
    [InlineData(".email")]
    [InlineData("contact..email")]
    [InlineData("Contact.Email")]
    [InlineData("contact email")]
    [InlineData("contact.1")]
    [InlineData("contact.-x")]
    [InlineData("\u00E4.b")]
    public void A_name_of_another_form_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new DataClass(name));
        Assert.False(DataClass.TryCreate(name, out var dataClass));
        Assert.True(dataClass.IsUnknown);
        Assert.False(DataClass.TryCreate(new string('a', DataClass.MaxLength + 1), out _));
    }

    [Fact]
    public void The_parent_is_one_level_up()
    {
        Assert.Equal(new DataClass("contact"), new DataClass("contact.email").Parent);
        Assert.True(new DataClass("contact").Parent.IsUnknown);
    }

    [Fact]
    public void Every_built_in_name_is_a_class_and_stands_once()
    {
        var names = typeof(DataClasses).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.All(names, name => Assert.Equal(name, new DataClass(name).Name));
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_misspelling_of_every_built_in_name_is_noticed()
    {
        var names = typeof(DataClasses).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.All(names, name => Assert.Null(DataClasses.MisspelledBy(name)));
        Assert.All(names.Where(name => name != DataClasses.DeviceId), name => Assert.Equal(name, DataClasses.MisspelledBy(name + "s")));
        Assert.Null(DataClasses.MisspelledBy(DataClasses.DeviceId + "s")); // too short to tell from an own name
    }
}
