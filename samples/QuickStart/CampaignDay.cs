using QuickStart.Output;
using QuickStart.Steps;

namespace QuickStart;

/// <summary>Runs the steps of one campaign day in order and reports each.</summary>
internal static class CampaignDay
{
    /// <summary>Every step, in order. A new step is one class in Steps/ and one line here.</summary>
    private static readonly CampaignStepEntry[] Steps =
    [
        CampaignStepEntry.For<ImportStep>("import"),
        CampaignStepEntry.For<EventsStep>("events"),
    ];

    public static async Task RunAsync(QuickStartOptions options, ConsoleReport console, CancellationToken cancellationToken)
    {
        var steps = Chosen(options.Only);
        TimeProvider time = options.Now is { } now ? new CampaignClock(now) : TimeProvider.System;
        var state = new CampaignState(options, time, OutputFolder.Open(options.OutFolder));
        await using var services = CampaignServices.Build(options, time);
        var start = TimeProvider.System.GetTimestamp();
        console.Opening(state);
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i].Create(services);
            var stepStart = TimeProvider.System.GetTimestamp();
            var report = new StepReport();
            await console.WithProgressAsync(step.Title, progress => step.RunAsync(state, report, progress, cancellationToken));
            console.Section(i + 1, step.Title, report, TimeProvider.System.GetElapsedTime(stepStart));
        }

        console.Closing(state, TimeProvider.System.GetElapsedTime(start));
    }

    private static List<CampaignStepEntry> Chosen(IReadOnlyList<string> only)
    {
        foreach (var name in only)
        {
            if (!Steps.Any(step => step.Name == name))
            {
                throw new QuickStartException(ExitCodes.Usage, $"There is no step '{ConsoleText.Clean(name)}'. The steps are: {string.Join(", ", Steps.Select(step => step.Name))}.");
            }
        }

        return [.. Steps.Where(step => only.Count == 0 || only.Contains(step.Name))];
    }
}
