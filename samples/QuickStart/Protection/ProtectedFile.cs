using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using QuickStart.Input;
using QuickStart.Output;

namespace QuickStart.Protection;

/// <summary>The protected contacts, one JSON object a line: <c>{"contact":"…","fields":{"email":"abm1.…"}}</c>. It stands for the table of a database.</summary>
internal static class ProtectedFile
{
    public const string Name = "contacts.protected.ndjson";

    /// <summary>The longest row of contacts.csv, encrypted and as base64, fits twice.</summary>
    private const int MaxLine = 1024 * 1024;

    private const int MaxIdBytes = 128;

    private static readonly JsonDocumentOptions OneOfEachName = new() { AllowDuplicateProperties = false };

    public static string PathIn(OutputFolder folder) => Path.Combine(folder.Path, Name);

    /// <summary>Every line; one that is not what was written has no contact id.</summary>
    /// <exception cref="QuickStartException">The file cannot be read.</exception>
    public static async IAsyncEnumerable<StoredContact> ReadAsync(string path, IProgress<double>? progress = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var input = TextInput.Open(path, "--out");
        await foreach (var (line, text) in LineReader.ReadAsync(input, MaxLine, cancellationToken))
        {
            progress?.Report(input.Progress);
            yield return text is null ? StoredContact.Unreadable(line) : Parse(text, line);
        }
    }

    public static async Task WriteAsync(AtomicFile file, StoredContact contact, CancellationToken cancellationToken)
    {
        await using (var json = new Utf8JsonWriter(file.Stream))
        {
            json.WriteStartObject();
            json.WriteString("contact", contact.ContactId);
            json.WriteStartObject("fields");
            foreach (var (field, envelope) in contact.Fields)
            {
                json.WriteString(field, envelope);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            await json.FlushAsync(cancellationToken);
        }

        file.Stream.WriteByte((byte)'\n');
    }

    private static StoredContact Parse(string text, int line)
    {
        try
        {
            using var json = JsonDocument.Parse(text, OneOfEachName);
            var members = json.RootElement.EnumerateObject().ToList();
            if (members is [{ Name: "contact" } contact, { Name: "fields" } fields]
                && contact.Value.GetString() is { Length: > 0 } id && Encoding.UTF8.GetByteCount(id) <= MaxIdBytes)
            {
                return new StoredContact(line, id, [.. fields.Value.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value.GetString() ?? ""))]);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // not what was written: said below
        }

        return StoredContact.Unreadable(line);
    }
}
