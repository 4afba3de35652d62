using System.Text;
using System.Text.Json;
using Abm.Privacy.Consent.Ledger;
using QuickStart.Contacts;
using QuickStart.Input;

namespace QuickStart.Events;

/// <summary>Reads one line of consent-events.ndjson.</summary>
internal sealed class EventLineParser(PurposeCatalog purposes, DateTimeOffset now)
{
    /// <summary>What the ledger takes as a version and as a place.</summary>
    private const int MaxNotice = 128;
    private const int MaxSource = 1024;

    /// <summary>Nobody kept such records before it: an earlier instant is a fault of the exporting system.</summary>
    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<RowFault> _faults = [];
    private JsonElement _json;
    private int _line;

    /// <summary>What is wrong with the line read last.</summary>
    public IReadOnlyList<RowFault> Faults => _faults;

    /// <summary>The contact or account that the line read last names, even if the line is faulty otherwise.</summary>
    public (string? ContactId, string? AccountId) About { get; private set; }

    /// <returns>The event, or null: <see cref="Faults"/> says why.</returns>
    public EventLine? Parse(string text, int line)
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

    private EventLine? Event()
    {
        About = (Text("contact_id"), Text("account_id"));
        if (About.ContactId is null == About.AccountId is null)
        {
            Refused("contact_id", "Exactly one of contact_id and account_id must be there.");
        }

        var parsed = new EventLine
        {
            Line = _line,
            ContactId = About.ContactId,
            AccountId = About.AccountId,
            Purpose = Purpose(),
            Channel = OneOf("channel", EventKinds.Channels),
            Kind = OneOf("kind", EventKinds.All),
            Detail = Text("detail"),
            OccurredAt = Instant("occurred_at", isNeeded: true) ?? default,
            RecordedAt = Instant("recorded_at", isNeeded: true) ?? default,
            NoticeVersion = Short("notice_version", MaxNotice),
            Method = Text("method") is null ? null : OneOf("method", EventKinds.Methods),
            Source = Short("source", MaxSource),
            ExpiresAt = Instant("expires_at", isNeeded: false),
        };
        if (_faults.Count == 0)
        {
            CheckWhole(parsed);
        }

        return _faults.Count == 0 ? parsed : null;
    }

    /// <summary>What each field allows by itself and the line as a whole does not.</summary>
    private void CheckWhole(EventLine parsed)
    {
        if (parsed.OccurredAt < Earliest)
        {
            Refused("occurred_at", $"It lies before {Earliest:yyyy}.");
        }

        if (parsed.RecordedAt < parsed.OccurredAt)
        {
            Refused("recorded_at", "It was recorded before it occurred.");
        }

        // the ledger takes nothing from the future; what the line demands is not known until then, so its contact is denied
        if (parsed.RecordedAt > now)
        {
            Refused("recorded_at", "It lies after the campaign day.");
        }

        if (EventKinds.Gives(parsed.Kind) && parsed.ExpiresAt <= parsed.OccurredAt)
        {
            Refused("expires_at", "The consent ends before it begins.");
        }

        if (parsed.Kind == EventKinds.Implied && (parsed.Detail is null || !EventKinds.Implications.Contains(parsed.Detail)))
        {
            Refused("detail", $"It must be one of {string.Join(", ", EventKinds.Implications)}.");
        }

        if (parsed.AccountId is not null && !parsed.Restricts)
        {
            Refused("kind", "An account gives no consent: only what restricts can be said of it.");
        }
    }

    private PurposeScope Purpose()
    {
        var text = Needed("purpose");
        if (PurposeScope.TryParse(text, out var purpose) && purposes.Knows(purpose))
        {
            return purpose;
        }

        if (text is not null)
        {
            Refused("purpose", $"It must be one of {string.Join(", ", purposes.Definitions.Select(definition => definition.Purpose.Name))}, a name above one of them, or *.");
        }

        return default;
    }

    private string? Short(string field, int maxBytes)
    {
        if (Text(field) is { } text && Encoding.UTF8.GetByteCount(text) > maxBytes)
        {
            Refused(field, $"It is longer than {maxBytes} bytes.");
        }

        return Text(field);
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

    private EventLine? Refused(string field, string reason)
    {
        _faults.Add(new RowFault(_line, field, reason, RejectsRow: true));
        return null;
    }
}
