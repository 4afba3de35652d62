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
    [InlineData("keep-last:4,length=8", "customer-70215", "********0215")]
    [InlineData("keep-last:4,length=kept,char=#", "customer-70215", "##########0215")]
    [InlineData("keep-first:1,unit=rune,length=1", "customer", "c*")]
    [InlineData("keep:1,2,char==", "customer", "c===er")]
    [InlineData("iban", "DE89370400440532013000", "DE***3000")]
    [InlineData("ip-address", "192.0.2.55", "192.0.2.0")]
    [InlineData("ip-address:16,32", "192.0.2.55", "192.0.0.0")]
    [InlineData("ip-address:16,32", "2001:db8:1::", "2001:db8::")]
    [InlineData("url", "https://h/p", "https://h/***")]
    [InlineData("url:host", "https://h/p", "https://h/***")]
    [InlineData("url:path", "https://h/p", "https://***/p")]
    [InlineData("url:host,path", "https://h/p", "https://h/p")]
    [InlineData("url:none", "https://h/p", "https://***/***")]
    [InlineData("postcode:GB", "M1 1AA", "M***")]
    [InlineData("postcode:ZZ", "10115", "***")]
    [InlineData("postal-address", "1, 10115 Berlin", "***")]
    [InlineData("postal-address:DE", "1, 10115 Berlin", "10***")]
    [InlineData("date:year", "1984-07-15", "1984")]
    [InlineData("date:quarter", "1984-07-15", "1984-Q3")]
    [InlineData("date:month", "1984-07-15", "1984-07")]
    [InlineData("bucket:10", "47", "40..49")]
    [InlineData("round:1000", "1501", "2000")]
    [InlineData("null", "customer", "")]
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
    [InlineData("keep:1,2,unit=byte")]
    [InlineData("keep:1,2,length=0")]
    [InlineData("keep:1,2,length=65")]
    [InlineData("keep:1,2,length=4,length=5")]
    [InlineData("keep:1,2,char=")]
    [InlineData("keep:1,2,char= ")]
    [InlineData("keep:1,2,char=,")]
    [InlineData("keep:1,2,")]
    [InlineData("keep:length=4")]
    [InlineData("keep-last:4,4")]
    [InlineData("iban:4")]
    [InlineData("ip-address:25,48")]
    [InlineData("ip-address:24,65")]
    [InlineData("ip-address:24")]
    [InlineData("ip-address:")]
    [InlineData("url:")]
    [InlineData("url:query")]
    [InlineData("url:path,host")]
    [InlineData("postcode")]
    [InlineData("postcode:")]
    [InlineData("postcode:DEU")]
    [InlineData("postal-address:")]
    [InlineData("date")]
    [InlineData("date:day")]
    [InlineData("bucket")]
    [InlineData("bucket:1")]
    [InlineData("round:0")]
    [InlineData("round:1000000000001")]
    [InlineData("null:")]
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
