namespace Abm.Privacy.Consent.Sending;

// Reference: RFC 8058 (one-click), RFC 2369 (List-Unsubscribe).

/// <summary>The two header fields of a one-click unsubscription (RFC 8058). A DKIM signature must cover both.</summary>
public sealed record OneClickUnsubscribe
{
    /// <summary>The value that <see cref="ListUnsubscribePost"/> must have.</summary>
    public const string PostValue = "List-Unsubscribe=One-Click";

    /// <summary>Creates the values as the message will carry them.</summary>
    /// <param name="listUnsubscribe">The value of <c>List-Unsubscribe</c>: URIs in angle brackets, separated by commas, exactly one of them HTTPS.</param>
    /// <param name="listUnsubscribePost">The value of <c>List-Unsubscribe-Post</c>: <see cref="PostValue"/>.</param>
    public OneClickUnsubscribe(string listUnsubscribe, string listUnsubscribePost)
    {
        ArgumentNullException.ThrowIfNull(listUnsubscribe);
        ArgumentNullException.ThrowIfNull(listUnsubscribePost);
        (ListUnsubscribe, ListUnsubscribePost) = (listUnsubscribe, listUnsubscribePost);
    }

    /// <summary>The value of <c>List-Unsubscribe</c>.</summary>
    public string ListUnsubscribe { get; }

    /// <summary>The value of <c>List-Unsubscribe-Post</c>.</summary>
    public string ListUnsubscribePost { get; }

    /// <summary>The values for an address that unsubscribes at once by a POST without cookies, and never by a GET.</summary>
    /// <param name="link">An HTTPS address with an opaque token for the recipient.</param>
    /// <returns>The values.</returns>
    public static OneClickUnsubscribe For(Uri link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new OneClickUnsubscribe($"<{link.AbsoluteUri}>", PostValue);
    }

    /// <summary>What is wrong with the values; null if nothing is.</summary>
    internal string? FindFault()
    {
        if (ListUnsubscribePost != PostValue)
        {
            return $"List-Unsubscribe-Post is not '{PostValue}'";
        }

        var parts = ListUnsubscribe.Split(',', StringSplitOptions.TrimEntries);
        if (ListUnsubscribe.Any(char.IsControl) || parts.Any(part => part.Length < 3 || part[0] != '<' || part[^1] != '>' || !Uri.IsWellFormedUriString(part[1..^1], UriKind.Absolute)))
        {
            return "List-Unsubscribe is not a list of addresses in angle brackets";
        }

        return parts.Count(part => part.StartsWith("<https://", StringComparison.OrdinalIgnoreCase)) == 1 ? null : "List-Unsubscribe does not name exactly one HTTPS address";
    }

    /// <summary>A placeholder: the address holds a recipient's token.</summary>
    /// <returns><c>[one-click unsubscribe]</c>.</returns>
    public override string ToString() => "[one-click unsubscribe]";
}
