using Abm.Privacy.Pseudonymization;

namespace Abm.Privacy.Tests.Pseudonymization;

public class PseudonymTests
{
    [Theory]
    [InlineData("p1_9cyzpfiGtmU-B62DZva5PQ", 1)]
    [InlineData("p2__0RUPhatkNpKWzfd5niKcw", 2)]
    [InlineData("p12_9cyzpfiGtmU-B62DZva5PQ", 12)]
    public void The_text_form_comes_back(string text, int version)
    {
        Assert.True(Pseudonym.TryParse(text, out var pseudonym));
        Assert.Equal((version, text), (pseudonym.KeyVersion, pseudonym.ToString()));
    }

    [Fact]
    public void A_pseudonym_that_was_never_set_has_no_text()
    {
        Assert.Equal("", default(Pseudonym).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("p")]
    [InlineData("p_9cyzpfiGtmU-B62DZva5PQ")]
    [InlineData("p0_9cyzpfiGtmU-B62DZva5PQ")]
    [InlineData("p01_9cyzpfiGtmU-B62DZva5PQ")]
    [InlineData("p-1_9cyzpfiGtmU-B62DZva5PQ")]
    [InlineData("P1_9cyzpfiGtmU-B62DZva5PQ")]
    [InlineData("p1_9cyzpfiGtmU-B62DZva5PR")]
    [InlineData("p1_9cyzpfiGtmU+B62DZva5PQ")]
    [InlineData("p1_9cyzpfiGtmU-B62DZva5P")]
    [InlineData("p1_9cyzpfiGtmU-B62DZva5PQQ")]
    [InlineData("p99999999999_9cyzpfiGtmU-B62DZva5PQ")]
    [InlineData("jane@example.com")]
    public void Any_other_text_is_no_pseudonym(string? text)
    {
        Assert.False(Pseudonym.TryParse(text, out _));
    }
}
