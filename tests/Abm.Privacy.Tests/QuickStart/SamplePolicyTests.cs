using Abm.Privacy.Classification;
using Abm.Privacy.Retention;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>The sample's schedule fits its data.</summary>
public sealed class SamplePolicyTests
{
    [Theory]
    [InlineData(DataClasses.Email)]
    [InlineData(DataClasses.Phone)]
    [InlineData(DataClasses.PersonName)]
    [InlineData(DataClasses.JobTitle)]
    [InlineData(DataClasses.Country)]
    [InlineData(DataClasses.Note)]
    [InlineData(DataClasses.Behavior)]
    [InlineData(DataClasses.AccountName)]
    [InlineData(DataClasses.AccountDomain)]
    public void The_schedule_says_when_data_of_every_class_of_a_contact_goes(string dataClass)
    {
        var schedule = RetentionSchedule.Load(Path.Combine(SampleRun.SampleFolder, "policies", "retention.json"));
        var longAgo = (AnchorDate)new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var record = new RetentionRecord
        {
            DataClass = new DataClass(dataClass),
            Zone = "Europe/Paris",
            Anchors = new Dictionary<RetentionAnchor, AnchorDate>
            {
                [RetentionAnchor.RecordCreated] = longAgo,
                [RetentionAnchor.LastActivity] = longAgo,
                [RetentionAnchor.ContractEnded] = longAgo,
            },
        };
        Assert.Equal(RetentionState.Due, RetentionEvaluator.Evaluate(record, schedule, [], new DateTimeOffset(2026, 11, 17, 14, 0, 0, TimeSpan.Zero)).State);
    }
}
