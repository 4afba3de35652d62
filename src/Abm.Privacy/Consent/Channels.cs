using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy.Consent;

/// <summary>The names of the channels in policies and files.</summary>
public static class Channels
{
    private static readonly ImmutableArray<(Channel Channel, string Name)> Table =
    [
        (Channel.Email, "email"), (Channel.Sms, "sms"), (Channel.Phone, "phone"), (Channel.Post, "post"), (Channel.Push, "push"),
        (Channel.InApp, "in_app"), (Channel.Web, "web"), (Channel.Social, "social"), (Channel.AudienceUpload, "audience_upload"),
        (Channel.Prompt, "prompt"),
    ];

    /// <summary>Every name, in the order of the numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Table.Select(entry => entry.Name)];

    /// <summary>The name of a channel, such as <c>email</c>.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a channel.</exception>
    public static string NameOf(Channel channel) =>
        Table.FirstOrDefault(entry => entry.Channel == channel).Name
        ?? throw new ArgumentOutOfRangeException(nameof(channel), channel, "Use one of the named channels.");

    /// <summary>Finds a channel by its name.</summary>
    /// <param name="name">The name, exactly as in <see cref="Names"/>.</param>
    /// <param name="channel">The channel, or <see cref="Channel.None"/>.</param>
    /// <returns>Whether there is such a channel.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, out Channel channel)
    {
        channel = Table.FirstOrDefault(entry => entry.Name == name).Channel;
        return channel != Channel.None;
    }

    internal static bool IsDefined(Channel channel) => Table.Any(entry => entry.Channel == channel);
}
