using System.Text.Json;
using QuickStart.Contacts;
using QuickStart.Input;

namespace QuickStart.Events;

/// <summary>Reads one line of consent-events.ndjson.</summary>
internal sealed class ConsentEventParser(DateTimeOffset now)
{
    private readonly List<RowFault> _faults = [];
    private JsonElement _json;
    private int _line;

    /// <summary>What is wrong with the line read last.</summary>
    public IReadOnlyList<RowFault> Faults => _faults;

    /// <summary>The contact or account that the line read last names, even if the line is faulty otherwise.</summary>
    public (string? ContactId, string? AccountId) About { get; private set; }

    /// <returns>The event, or null: <see cref="Faults"/> says why.</returns>
    public ConsentEvent? Parse(string text, int line)
    {
        _line = line;
        _faults.Clear();
        About = default;
        try
        {
            using var document = JsonDocument.Parse(text);
            _json = document.RootElement;
            return _json.ValueKind == JsonValueKind.Object ? Event() : Refused(RowFault.WholeRow, "The line is not a JSON object.");
        }
        catch (JsonException)
        {
            return Refused(RowFault.WholeRow, "The line is not valid JSON. Write one object on one line.");
        }
    }

    private ConsentEvent? Event()
    {
        About = (Text("contact_id"), Text("account_id"));
        if (About.ContactId is null == About.AccountId is null)
        {
            Refused("contact_id", "Exactly one of contact_id and account_id must be there.");
        }

        var parsed = new ConsentEvent
        {
            Line = _line,
            ContactId = About.ContactId,
            AccountId = About.AccountId,
            Purpose = Needed("purpose") ?? "",
            Channel = OneOf("channel", ConsentEventKinds.Channels),
            Kind = OneOf("kind", ConsentEventKinds.All),
            Detail = Text("detail"),
            OccurredAt = Instant("occurred_at", isNeeded: true) ?? default,
            RecordedAt = Instant("recorded_at", isNeeded: true) ?? default,
            NoticeVersion = Text("notice_version"),
            Method = Text("method"),
            Source = Text("source"),
            ExpiresAt = Instant("expires_at", isNeeded: false),
        };
        if (_faults.Count == 0 && parsed.RecordedAt < parsed.OccurredAt)
        {
            Refused("recorded_at", "It was recorded before it occurred.");
        }

        // what restricts counts even if a clock ran ahead; what permits does not
        if (_faults.Count == 0 && !parsed.Restricts && (parsed.RecordedAt > now || parsed.OccurredAt > now))
        {
            Refused("recorded_at", "It lies after the campaign day.");
        }

        return _faults.Count == 0 ? parsed : null;
    }

    private string? Text(string field)
    {
        if (!_json.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString() is { Length: > 0 } text ? text : null;
        }

        Refused(field, "The value is not a string.");
        return null;
    }

    private string? Needed(string field)
    {
        var text = Text(field);
        if (text is null)
        {
            Refused(field, "It is missing.");
        }

        return text;
    }

    private string OneOf(string field, IReadOnlyList<string> words)
    {
        if (Needed(field) is { } text && !words.Contains(text))
        {
            Refused(field, $"It must be one of {string.Join(", ", words)}.");
        }

        return Text(field) ?? "";
    }

    private DateTimeOffset? Instant(string field, bool isNeeded)
    {
        if ((isNeeded ? Needed(field) : Text(field)) is not { } text)
        {
            return null;
        }

        if (IsoInstant.TryParse(text, out var instant))
        {
            return instant;
        }

        Refused(field, "It is not an instant. Write it like 2026-03-31T09:00:00Z.");
        return null;
    }

    private ConsentEvent? Refused(string field, string reason)
    {
        _faults.Add(new RowFault(_line, field, reason, RejectsRow: true));
        return null;
    }
}
