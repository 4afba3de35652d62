using System.Text.Json;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Retention;
using QuickStart.Contacts;
using QuickStart.Input;

namespace QuickStart.Disposal;

/// <summary>The legal holds of a file. A hold on an account becomes one on the persons who work there, as the list has them.</summary>
internal sealed class LegalHoldFile
{
    private const string Advice = "A hold that is misread could let go of what must stay, so nothing was disposed of. Write each hold as samples/QuickStart/data/README.md says.";

    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    /// <exception cref="QuickStartException">The file is missing, or anything in it is not understood.</exception>
    public static LegalHoldFile Load(string? path)
    {
        var file = new LegalHoldFile();
        if (path is null)
        {
            return file;
        }

        using var input = TextInput.Open(path, "--holds");
        try
        {
            using var json = JsonDocument.Parse(input.Reader.ReadToEnd(), new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (var (hold, index) in json.RootElement.GetProperty("holds").EnumerateArray().Select((hold, index) => (hold, index)))
            {
                file._entries.Add(Entry.Parse(hold) ?? throw TextInput.Wrong(path, $"holds a legal hold that is not understood, at /holds/{index}: it needs id, matter, placed_at, and a scope of accounts, contacts or both. {Advice}"));
            }

            return file;
        }
        catch (JsonException error)
        {
            throw TextInput.Wrong(path, $"is not valid JSON near line {(error.LineNumber ?? 0) + 1}. {Advice}", error);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException)
        {
            throw TextInput.Wrong(path, $"is not a list of legal holds: it must be an object with an array 'holds'. {Advice}", error);
        }
        catch (System.Text.DecoderFallbackException error)
        {
            throw input.BadEncoding(error);
        }
    }

    /// <summary>Finds the persons whom the holds cover.</summary>
    public async Task<IReadOnlyList<LegalHold>> OnAsync(ContactSource contacts, CancellationToken cancellationToken)
    {
        var persons = _entries.ConvertAll(_ => new HashSet<SubjectId>());
        await foreach (var contact in contacts.ReadAsync(cancellationToken: cancellationToken))
        {
            string[] ids = [contact.Id, .. contacts.Verdicts.AliasesOf(contact).Select(alias => alias.ContactId)];
            for (var i = 0; i < _entries.Count; i++)
            {
                if (_entries[i].Accounts.Contains(contact.AccountId) || _entries[i].Contacts.Overlaps(ids))
                {
                    persons[i].Add(new SubjectId(contact.Id));
                }
            }
        }

        // a hold with an empty scope covers everybody, so one that covers nobody of this list is left out
        return [.. _entries.Zip(persons).Where(pair => pair.Second.Count > 0)
            .Select(pair => new LegalHold(pair.First.Id, pair.First.Matter, pair.First.PlacedAt) { Subjects = pair.Second })];
    }

    private sealed record Entry(string Id, string Matter, DateTimeOffset PlacedAt, HashSet<string> Accounts, HashSet<string> Contacts)
    {
        /// <returns>The hold, or null if anything of it is not understood.</returns>
        public static Entry? Parse(JsonElement hold)
        {
            var (accounts, contacts) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
            foreach (var scope in hold.GetProperty("scope").EnumerateObject())
            {
                var ids = scope.Name switch { "accounts" => accounts, "contacts" => contacts, _ => null };
                if (ids is null)
                {
                    return null;
                }

                ids.UnionWith(scope.Value.EnumerateArray().Select(id => id.GetString() ?? ""));
            }

            return Text(hold, "id") is { } holdId && Text(hold, "matter") is { } matter && Text(hold, "placed_at") is { } placed
                && IsoInstant.TryParse(placed, out var placedAt) && accounts.Count + contacts.Count > 0 && !accounts.Contains("") && !contacts.Contains("")
                ? new Entry(holdId, matter, placedAt, accounts, contacts)
                : null;
        }

        private static string? Text(JsonElement hold, string name) =>
            hold.TryGetProperty(name, out var value) && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }
}
