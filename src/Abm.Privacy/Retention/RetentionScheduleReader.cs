using System.Globalization;
using System.Text.Json;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Retention;

/// <summary>Reads a schedule from JSON and gathers every fault before it gives up.</summary>
internal sealed class RetentionScheduleReader
{
    private static readonly string[] ScheduleMembers = ["schema", "id", "version", "zone", "rules", "note", "owner", "reviewBy"];
    private static readonly string[] RuleMembers = ["id", "authority", "classes", "kind", "anchor", "period", "zone", "action", "note", "owner", "reviewBy"];

    private readonly DocumentFaults _faults;

    private RetentionScheduleReader(DocumentFaults faults) => _faults = faults;

    public static RetentionSchedule Read(LocatedJson root, string source)
    {
        var faults = new DocumentFaults(PrivacyErrorCode.ScheduleInvalid, source);
        var schedule = new RetentionScheduleReader(faults).ReadSchedule(root);
        faults.ThrowIfAny();
        return schedule!;
    }

    private RetentionSchedule? ReadSchedule(LocatedJson root)
    {
        if (!_faults.IsObject(root, "A schedule", ScheduleMembers))
        {
            return null;
        }

        if (Text(root, "schema") is { } schema && schema != RetentionSchedule.Schema)
        {
            _faults.Add(root["schema"]!, "The schema is not known.", $"Write \"{RetentionSchedule.Schema}\".");
        }

        var (id, version, zone) = (Text(root, "id"), Text(root, "version"), Zone(root));
        CheckNotes(root);
        var rules = new List<RetentionRule?>();
        if (root["rules"] is not { Kind: JsonValueKind.Array, Items.Count: > 0 } array)
        {
            _faults.Add(root["rules"] ?? root, "A schedule holds at least one rule.", "Write \"rules\": [ ... ].");
        }
        else
        {
            var ids = new HashSet<string>(StringComparer.Ordinal);
            rules.AddRange(array.Items.Select(item => ReadRule(item, zone, ids)));
        }

        return _faults.Count == 0 ? new RetentionSchedule(id!, version!, rules!) : null;
    }

    private RetentionRule? ReadRule(LocatedJson rule, string? scheduleZone, HashSet<string> ids)
    {
        if (!_faults.IsObject(rule, "A rule", RuleMembers))
        {
            return null;
        }

        var before = _faults.Count;
        var (id, authority, classes) = (Text(rule, "id"), Text(rule, "authority"), Classes(rule));
        CheckNotes(rule);
        if (id is not null && !ids.Add(id))
        {
            _faults.Add(rule["id"]!, "Another rule has this id.", "Give every rule its own id.");
        }

        var kind = Choice(rule, "kind", RetentionNames.Kinds);
        var zone = Zone(rule) ?? scheduleZone;
        if (kind is null)
        {
            return null;
        }

        var isTimed = kind != RetentionKind.KeepForever;
        var disposes = kind is RetentionKind.DisposeAfter or RetentionKind.KeepThenDispose;
        RetentionAnchor anchor = default;
        CalendarPeriod period = default;
        if (Belongs(rule, "anchor", isTimed) && Text(rule, "anchor") is { } anchorName && !RetentionAnchor.TryParse(anchorName, out anchor))
        {
            _faults.Add(rule["anchor"]!, "The anchor is not known.", "Write 'record-created', 'record-modified', 'last-activity', 'consent-withdrawn', 'purpose-ended', 'contract-ended' or 'custom:<name>'.");
        }

        if (Belongs(rule, "period", isTimed) && Text(rule, "period") is { } periodText)
        {
            if (!CalendarPeriod.TryParse(periodText, out period))
            {
                _faults.Add(rule["period"]!, "This is not a calendar period.", "Write whole years, months, weeks or days in this order, such as 'P24M' or 'P1Y6M'; hours are not possible.");
            }
            else if (disposes && period == default)
            {
                _faults.Add(rule["period"]!, "A maximum of no time would dispose of data at once.", "Write at least one day, such as 'P1D'.");
            }
        }

        var action = Belongs(rule, "action", disposes) ? Choice(rule, "action", RetentionNames.Actions) : null;
        Belongs(rule, "zone", isTimed || rule["zone"] is null);
        return _faults.Count > before ? null : kind switch
        {
            RetentionKind.KeepAtLeast => RetentionRule.KeepAtLeast(id!, authority!, classes, anchor, period, zone),
            RetentionKind.DisposeAfter => RetentionRule.DisposeAfter(id!, authority!, classes, anchor, period, action!.Value, zone),
            RetentionKind.KeepThenDispose => RetentionRule.KeepThenDispose(id!, authority!, classes, anchor, period, action!.Value, zone),
            _ => RetentionRule.KeepForever(id!, authority!, classes),
        };
    }

    private List<DataClass> Classes(LocatedJson rule)
    {
        var classes = new List<DataClass>();
        if (rule["classes"] is not { Kind: JsonValueKind.Array, Items.Count: > 0 } array)
        {
            _faults.Add(rule["classes"] ?? rule, "A rule names at least one data class.", "Write \"classes\": [\"contact.email\"].");
            return classes;
        }

        foreach (var item in array.Items)
        {
            if (item.Kind == JsonValueKind.String && DataClass.TryCreate(item.Text, out var dataClass))
            {
                classes.Add(dataClass);
                if (DataClasses.MisspelledBy(dataClass.Name) is { } meant)
                {
                    _faults.Add(item, "This is no built-in data class, but close to one.", $"Did you mean '{meant}'? If not, choose a name that cannot be taken for it.");
                }
            }
            else
            {
                _faults.Add(item, "This is not a data class.", "Write lower-case parts joined by dots, for example \"contact.email\".");
            }
        }

        return classes;
    }

    /// <summary>What people write for people: checked for form, and no part of the schedule or its digest.</summary>
    private void CheckNotes(LocatedJson node)
    {
        _faults.Text(node, "note", _ => true, "Write a text.");
        _faults.Text(node, "owner", text => text.Length is > 0 and <= 200, "Write who answers for the rules, at most 200 characters.");
        _faults.Text(
            node, "reviewBy", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "Write a day such as \"2026-12-31\".");
    }

    /// <summary>Whether the member must be there; one that has no meaning for the rule's kind is a fault.</summary>
    private bool Belongs(LocatedJson rule, string name, bool belongs)
    {
        if (!belongs && rule[name] is { } value)
        {
            _faults.Add(value, $"A rule of this kind has no {name}.", "Remove it, or change the rule's kind.");
        }

        return belongs;
    }

    private string? Text(LocatedJson parent, string name)
    {
        if (parent[name] is { Kind: JsonValueKind.String, Text: { } text } && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        _faults.Add(parent[name] ?? parent, $"The member '{name}' is missing, empty or not a string.", $"Write \"{name}\": \"...\".");
        return null;
    }

    private string? Zone(LocatedJson parent)
    {
        if (parent["zone"] is not { } zone)
        {
            return null;
        }

        if (zone.Kind == JsonValueKind.String && TimeZones.TryFind(zone.Text, out _))
        {
            return zone.Text;
        }

        _faults.Add(zone, "This is no time zone of this machine.", "Write an IANA name such as \"Europe/Berlin\", and install the time-zone data.");
        return null;
    }

    private T? Choice<T>(LocatedJson parent, string name, (string Name, T Value)[] choices)
        where T : struct
    {
        if (Text(parent, name) is not { } text)
        {
            return null;
        }

        foreach (var choice in choices)
        {
            if (choice.Name == text)
            {
                return choice.Value;
            }
        }

        _faults.Add(parent[name]!, $"The {name} is not known.", $"Write one of: {string.Join(", ", choices.Select(choice => choice.Name))}.");
        return null;
    }
}
