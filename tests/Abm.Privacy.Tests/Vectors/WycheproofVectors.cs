using System.Text.Json;

namespace Abm.Privacy.Tests.Vectors;

/// <summary>The cases of one file of C2SP/wycheproof, each with the group that it stands in.</summary>
internal sealed class WycheproofVectors(JsonElement root, string name)
{
    public static WycheproofVectors Load(string name)
    {
        Assert.SkipWhen(VectorReport.Folder is null, "ABM_PRIVACY_VECTORS is not set");
        return new WycheproofVectors(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(VectorReport.Folder!, "wycheproof", name + "_test.json"))).RootElement, name);
    }

    /// <summary>Runs the cases and expects exactly as many as are known to be there.</summary>
    public void Run(int expected, Func<JsonElement, JsonElement, bool> agrees, Func<JsonElement, bool>? applies = null)
    {
        var report = new VectorReport("wycheproof/" + name);
        var run = 0;
        foreach (var group in root.GetProperty("testGroups").EnumerateArray().Where(group => applies?.Invoke(group) ?? true))
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                Assert.True(test.GetProperty("result").GetString() is "valid" or "invalid");
                report.Case($"{test.GetProperty("tcId").GetInt32()} {test.GetProperty("comment").GetString()}", agrees(group, test));
                run++;
            }
        }

        report.Finish();
        Assert.Equal(expected, run);
    }

    public static bool IsValid(JsonElement test) => test.GetProperty("result").GetString() == "valid";

    public static byte[] Bytes(JsonElement test, string field) => Convert.FromHexString(test.GetProperty(field).GetString()!);
}
