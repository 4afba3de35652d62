using Abm.Privacy.Masking;

namespace Abm.Privacy.Tests.Masking;

public class MaskSpecificationTests
{
    [Theory]
    [InlineData("email", "jane@example.com", "j***@example.com")]
    [InlineData("phone", "+49 170 1234567", "***67")]
    [InlineData("phone:4", "+49 170 1234567", "***4567")]
    [InlineData("person-name", "Jane Doe", "J*** D***")]
    [InlineData("payment-card", "4111111111111111", "411111******1111")]
    [InlineData("keep-first:2", "customer", "cu***")]
    [InlineData("keep-last:4", "customer", "***omer")]
    [InlineData("keep:1,2", "customer", "c***er")]
    [InlineData("keep:0,2", "customer", "***er")]
    [InlineData("constant", "customer", "***")]
    [InlineData("constant:", "customer", "")]
    [InlineData("constant:[a:b]", "customer", "[a:b]")]
    [InlineData("erase", "customer", "")]
    [InlineData("clear", "customer", "customer")]
    public void A_text_names_a_mask(string text, string value, string masked) =>
        Assert.Equal(masked, MaskSpecification.Parse(text).Mask(value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Email")]
    [InlineData(" email")]
    [InlineData("email:")]
    [InlineData("email:2")]
    [InlineData("phone:")]
    [InlineData("phone:1")]
    [InlineData("phone:5")]
    [InlineData("keep-last")]
    [InlineData("keep-last:0")]
    [InlineData("keep-last:65")]
    [InlineData("keep-last:-4")]
    [InlineData("keep-last:+4")]
    [InlineData("keep-last: 4")]
    [InlineData("keep-last:99999999999")]
    [InlineData("keep")]
    [InlineData("keep:4")]
    [InlineData("keep:,4")]
    [InlineData("keep:1,2,3")]
    [InlineData("erase:")]
    [InlineData("clear:yes")]
    [InlineData("none")]
    public void Another_text_is_refused_with_a_way_to_mend_it(string? text)
    {
        Assert.False(MaskSpecification.TryParse(text, out var treatment, out var problem));
        Assert.Null(treatment);
        Assert.Matches("Write|Shorten", problem);
        Assert.Throws<ArgumentException>(() => MaskSpecification.Parse(text));
    }

    [Fact]
    public void A_constant_is_valid_text_of_bounded_length()
    {
        Assert.False(MaskSpecification.TryParse("constant:" + '\uD83D', out _, out _));
        Assert.True(MaskSpecification.TryParse("constant:" + new string('x', 256), out _, out _));
        Assert.False(MaskSpecification.TryParse("constant:" + new string('x', 257), out _, out _));
    }
}
