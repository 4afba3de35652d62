namespace Abm.Privacy.Consent.Ledger;

/// <summary>What the person wants: the latest preferences; of several at the same moment all together.</summary>
internal static class PreferenceFold
{
    public static ConsentFacts Apply(
        ConsentFacts facts, StandingEvents events, Purpose purpose, Channel channel, Dictionary<FactGroup, IReadOnlyList<Guid>> evidence)
    {
        if (!events.Of<PreferenceEvent>().Any())
        {
            return facts;
        }

        var last = events.Of<PreferenceEvent>().Max(item => item.CountsFrom);
        var latest = events.Of<PreferenceEvent>().Where(item => item.CountsFrom == last).ToList();
        FactsProjector.Note(evidence, FactGroup.Preference, latest.ConvertAll(item => item.EventId));
        var topics = latest.FindAll(item => item.Topics is not null);
        var channels = latest.FindAll(item => item.Channels is not null);
        return facts with
        {
            PreferenceTopicWanted = topics.Count == 0 ? null : topics.TrueForAll(item => item.Topics!.Any(topic => topic.Covers(purpose))),
            PreferenceChannelWanted = channels.Count == 0 ? null : channels.TrueForAll(item => item.Channels!.Contains(channel)),
            PreferencePausedUntil = FactsProjector.Ms(latest.Max(item => item.PausedUntil)),
            PreferencePersonalizationRefused = latest.Exists(item => item.RefusesPersonalization),
            CapsContact = latest.Min(item => item.MessageCap),
        };
    }
}
