namespace QuickStart.Steps;

/// <summary>One part of the campaign day.</summary>
internal interface ICampaignStep
{
    /// <summary>The heading of the step's section.</summary>
    string Title { get; }

    /// <summary>Does the work; reads and extends the state, and tells the report what happened and the progress which part is done, 0 to 1.</summary>
    Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken);
}
