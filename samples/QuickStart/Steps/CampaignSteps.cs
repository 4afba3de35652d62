namespace QuickStart.Steps;

/// <summary>Every step, in order. A new step is one class in this folder and one line here.</summary>
internal static class CampaignSteps
{
    private static readonly CampaignStepEntry[] All =
    [
        CampaignStepEntry.For<ImportStep>("import"),
        CampaignStepEntry.For<EventsStep>("events"),
        CampaignStepEntry.For<ProtectStep>("protect", Primitives.Encryption, needs: "import"),
        CampaignStepEntry.For<VerifyStep>("verify", Primitives.Encryption),
        CampaignStepEntry.For<FindStep>("find", Primitives.Encryption),
        CampaignStepEntry.For<RecordStep>("record", Primitives.Encryption, "import", "events", "protect"),
        CampaignStepEntry.For<DecideStep>("decide", Primitives.Encryption | Primitives.Consent, "import", "events", "protect", "record"),
        CampaignStepEntry.For<ReplayStep>("replay", Primitives.Encryption | Primitives.Consent),
        CampaignStepEntry.For<PseudonymizeStep>("pseudonymize", Primitives.Pseudonymization, "import", "events", "protect", "record", "decide"),
        CampaignStepEntry.For<MaskStep>("mask", Primitives.Masking),
        CampaignStepEntry.For<ViewsStep>("views", Primitives.Masking | Primitives.Pseudonymization),
        CampaignStepEntry.For<ExportStep>("export", Primitives.Encryption | Primitives.KeyedMasking),
        CampaignStepEntry.For<LogStep>("log"),
        CampaignStepEntry.For<RotateStep>("rotate", Primitives.Encryption),
        CampaignStepEntry.For<RetainStep>("retain", Primitives.Encryption | Primitives.Retention, needs: "import"),
        CampaignStepEntry.For<ForgetStep>("forget", Primitives.Encryption | Primitives.Holds | Primitives.Erasure),
    ];

    /// <summary>The named steps with those they need, in order; every step if none is named.</summary>
    /// <exception cref="QuickStartException">There is no step of a name.</exception>
    public static IReadOnlyList<CampaignStepEntry> Choose(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!All.Any(step => step.Name == name))
            {
                throw new QuickStartException(ExitCodes.Usage, $"There is no step '{ConsoleText.Clean(name)}'. The steps are: {string.Join(", ", All.Select(step => step.Name))}.");
            }
        }

        var chosen = All.Where(step => names.Count == 0 || names.Contains(step.Name)).ToList();
        return [.. All.Where(step => chosen.Contains(step) || chosen.Exists(other => other.Needs.Contains(step.Name)))];
    }
}
