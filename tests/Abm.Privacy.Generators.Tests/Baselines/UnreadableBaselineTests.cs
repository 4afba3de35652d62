using Abm.Privacy.Generators.Tests.Support;

namespace Abm.Privacy.Generators.Tests.Baselines;

public class UnreadableBaselineTests
{
    [Theory]
    [InlineData("", "1,1", "it ends too early")]
    [InlineData("no json", "1,1", "a value is expected")]
    [InlineData("[]", "1,1", "\"format\" is missing")]
    [InlineData("{}", "1,1", "\"format\" is missing")]
    [InlineData("{ \"format\": \"1\" }", "1,13", "\"format\" is no number")]
    [InlineData("{\n  \"format\": 2,\n  \"entities\": {}\n}", "2,13", "it has another format than 1, so it needs a newer version of Abm.Privacy")]
    [InlineData("{ \"format\": 1.0, \"entities\": {} }", "1,13", "it has another format")]
    [InlineData("{\n  \"format\": 1\n}", "1,1", "\"entities\" is missing")]
    [InlineData("{ \"format\": 1,\n  \"entities\": [] }", "2,15", "\"entities\" is no object")]
    [InlineData("{ \"format\": 1, \"entities\": {\n\"A\": { \"scope\": \"s\" } } }", "2,6", "\"name\" is missing")]
    [InlineData("{ \"format\": 1, \"entities\": {\n\"A\": { \"scope\": null, \"name\": \"n\", \"fields\": {} } } }", "2,17", "\"scope\" is no string")]
    [InlineData("{ \"format\": 1, \"entities\": {\n\"A\": { \"scope\": \"s\", \"name\": \"n\", \"fields\": { \"Email\": 1 } } } }", "2,56", "\"Email\" is no string")]
    [InlineData("{ \"format\": 1, \"entities\": {\n \"A\": {}, \"A\": {} } }", "2,11", "\"A\" is there twice")]
    [InlineData("{ \"format\": 1, \"entities\": {},\n}", "2,1", "a name in quotes is expected")]
    [InlineData("{ \"format\": 1, \"entities\": {}", "1,30", "'}' is expected")]
    [InlineData("{ \"format\": 1, \"entities\": {} } x", "1,33", "there is more after the end")]
    [InlineData("{ \"format\": 1, // why\n \"entities\": {} }", "1,16", "a name in quotes is expected")]
    public async Task What_is_no_baseline_fails_where_it_is_wrong(string text, string place, string why)
    {
        var reported = await Analysis.RunAsync("public class Nothing;", text);

        Assert.Equal([$"ABMP004 privacy-baseline.json({place})"], reported.Places());
        Assert.StartsWith("The baseline cannot be read: " + why, reported[0].Text(), StringComparison.Ordinal);
        Assert.EndsWith("Write the text that PrivacyModel.Of(context).ToJson() prints.", reported[0].Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"entities\":{},\"format\":1}")]
    [InlineData("{\"$schema\":[true,null,-1.5e3],\"format\":1,\"entities\":{}}")]
    public async Task What_the_running_model_accepts_is_accepted(string text) => Assert.Empty(await Analysis.RunAsync("public class Nothing;", text));

    [Fact]
    public async Task One_unreadable_baseline_does_not_silence_another() => Assert.Equal(
        ["ABMP004", "ABMP001"],
        (await Analysis.RunAsync("public class Nothing;", "", BaselineText.Contact("Email=email"))).Ids().OrderDescending());

    [Fact]
    public async Task Names_that_no_class_can_have_are_not_there() => Assert.Equal(
        ["ABMP001", "ABMP001", "ABMP001"],
        (await Analysis.RunAsync("public class Nothing;", "{\"format\":1,\"entities\":{\"\":{\"scope\":\"s\",\"name\":\"n\",\"fields\":{}},\"a<<>>,b>\":{\"scope\":\"s\",\"name\":\"n\",\"fields\":{}},\"Nothing\":{\"scope\":\"s\",\"name\":\"n\",\"fields\":{\".\":\"x\"}}}}")).Ids());
}
