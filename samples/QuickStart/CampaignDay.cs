using QuickStart.Output;
using QuickStart.Steps;

namespace QuickStart;

/// <summary>Runs the steps of one campaign day in order and reports each.</summary>
internal static class CampaignDay
{
    public static async Task RunAsync(QuickStartOptions options, ConsoleReport console, CancellationToken cancellationToken)
    {
        var steps = CampaignSteps.Choose(options.Only);
        TimeProvider time = options.Now is { } now ? new CampaignClock(now) : TimeProvider.System;
        var state = new CampaignState(options, time, OutputFolder.Open(options.OutFolder));
        await using var services = CampaignServices.Build(options, time, steps.Aggregate(Primitives.None, (uses, step) => uses | step.Uses));
        var start = TimeProvider.System.GetTimestamp();
        console.Opening(state);
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i].Create(services);
            var stepStart = TimeProvider.System.GetTimestamp();
            var report = new StepReport();
            await console.WithProgressAsync(step.Title, progress => step.RunAsync(state, report, progress, cancellationToken));
            console.Section(i + 1, step.Title, report, TimeProvider.System.GetElapsedTime(stepStart));
            if (report.Failure is { } failure)
            {
                throw failure;
            }
        }

        console.Closing(state, TimeProvider.System.GetElapsedTime(start));
    }
}
