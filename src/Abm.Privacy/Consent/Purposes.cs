namespace Abm.Privacy.Consent;

/// <summary>Usual purposes of a marketing application.</summary>
public static class Purposes
{
    /// <summary>All direct marketing: <c>marketing</c>.</summary>
    public static Purpose Marketing { get; } = new("marketing");

    /// <summary>A newsletter: <c>marketing.newsletter</c>.</summary>
    public static Purpose Newsletter { get; } = new("marketing.newsletter");

    /// <summary>An invitation to an event: <c>marketing.event</c>.</summary>
    public static Purpose EventInvitation { get; } = new("marketing.event");

    /// <summary>An offer to a person at a target account: <c>marketing.offer</c>.</summary>
    public static Purpose Offer { get; } = new("marketing.offer");

    /// <summary>Messages that a contract or a request needs, without promotion: <c>service</c>.</summary>
    public static Purpose Service { get; } = new("service");

    /// <summary>A notice about an account, such as a password reset: <c>service.account</c>.</summary>
    public static Purpose AccountNotice { get; } = new("service.account");

    /// <summary>All advertising, including sale and sharing in the sense of the law of California: <c>ads</c>.</summary>
    public static Purpose Ads { get; } = new("ads");

    /// <summary>A custom audience at an advertising platform: <c>ads.audience</c>.</summary>
    public static Purpose AdAudience { get; } = new("ads.audience");

    /// <summary>Use of sensitive data beyond what a service needs: <c>sensitive.use</c>.</summary>
    public static Purpose SensitiveUse { get; } = new("sensitive.use");

    /// <summary>Asking somebody who opted out to opt in again: <c>request.opt-in</c>.</summary>
    public static Purpose OptInRequest { get; } = new("request.opt-in");

    internal static string[] Names { get; } =
    [
        Marketing.Name, Newsletter.Name, EventInvitation.Name, Offer.Name, Service.Name, AccountNotice.Name, Ads.Name, AdAudience.Name,
        SensitiveUse.Name, OptInRequest.Name,
    ];

    /// <summary>The known name that a name, or a name above it, was nearly written as; null if there is none.</summary>
    internal static string? Misspelled(string name)
    {
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); ; dot = name.IndexOf('.', dot + 1))
        {
            var stem = dot < 0 ? name : name[..dot];
            if (NearestName.Misspelled(stem, Known) is { } known)
            {
                return known;
            }

            if (dot < 0)
            {
                return null;
            }
        }
    }

    private static readonly string[] Known = [.. Names.Concat(Names.Select(name => name.Split('.')[0])).Distinct(StringComparer.Ordinal)];
}
