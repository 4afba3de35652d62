using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Abm.Privacy.Retention;

/// <summary>
/// All retention rules of an application, with a version and a digest. The order of the rules means nothing. Loaded
/// from JSON with the schema <c>abm-privacy-retention/1</c>, or made in code.
/// </summary>
public sealed class RetentionSchedule
{
    internal const string Schema = "abm-privacy-retention/1";

    /// <summary>Creates a schedule.</summary>
    /// <param name="id">The schedule's name.</param>
    /// <param name="version">The version, which its owner changes with every change.</param>
    /// <param name="rules">The rules, at least one; one that stands twice is taken once.</param>
    /// <exception cref="ArgumentException">A text is empty, there is no rule, or two different rules have one id.</exception>
    public RetentionSchedule(string id, string version, IEnumerable<RetentionRule> rules)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentNullException.ThrowIfNull(rules);
        (Id, Version) = (id, version);
        Rules = [.. rules.DistinctBy(CanonicalText).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
        if (Rules.Count == 0)
        {
            throw new ArgumentException("A schedule holds at least one rule.", nameof(rules));
        }

        if (Rules.GroupBy(rule => rule.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two different rules have the id '{twice.Key}'. Give every rule its own id.", nameof(rules));
        }

        var canonical = Canonical(WriteJson);
        Digest = Convert.ToHexStringLower(SHA256.HashData(canonical.WrittenSpan));
    }

    /// <summary>The schedule's name.</summary>
    public string Id { get; }

    /// <summary>The version that its owner gave it.</summary>
    public string Version { get; }

    /// <summary>The rules, in the ordinal order of their ids.</summary>
    public IReadOnlyList<RetentionRule> Rules { get; }

    /// <summary>The SHA-256 of the canonical JSON, as 64 lower-case hexadecimal digits: what <see cref="WriteJson"/> writes, compact, letters unescaped.</summary>
    public string Digest { get; }

    /// <summary>Loads a schedule from a JSON file.</summary>
    /// <param name="path">The file; a relative path is looked for in the current directory, then beside the application.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidDocumentException">
    /// <see cref="PrivacyErrorCode.ScheduleInvalid"/>: the file cannot be read or is no schedule. Every fault is listed.
    /// </exception>
    public static RetentionSchedule Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(DocumentFile.Read(path, PrivacyErrorCode.ScheduleInvalid), path);
    }

    /// <summary>Reads a schedule from text.</summary>
    /// <param name="json">The document.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidDocumentException">
    /// <see cref="PrivacyErrorCode.ScheduleInvalid"/>: the document is no schedule. Every fault is listed.
    /// </exception>
    public static RetentionSchedule Parse(string json, string source = "schedule")
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json), source);
    }

    /// <summary>Reads a schedule from UTF-8 bytes.</summary>
    /// <param name="utf8Json">The document.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidDocumentException">
    /// <see cref="PrivacyErrorCode.ScheduleInvalid"/>: the document is no schedule. Every fault is listed.
    /// </exception>
    public static RetentionSchedule Parse(ReadOnlySpan<byte> utf8Json, string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        return RetentionScheduleReader.Read(LocatedJson.Parse(utf8Json, PrivacyErrorCode.ScheduleInvalid, source), source);
    }

    /// <summary>Writes the canonical JSON, which <see cref="Parse(ReadOnlySpan{byte}, string)"/> reads back into the same schedule.</summary>
    /// <param name="writer">Where to write; flushed by the caller.</param>
    public void WriteJson(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("schema", Schema);
        writer.WriteString("id", Id);
        writer.WriteString("version", Version);
        writer.WriteStartArray("rules");
        foreach (var rule in Rules)
        {
            WriteRule(writer, rule);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter writer, RetentionRule rule)
    {
        writer.WriteStartObject();
        writer.WriteString("id", rule.Id);
        writer.WriteString("authority", rule.Authority);
        writer.WriteStartArray("classes");
        foreach (var dataClass in rule.DataClasses)
        {
            writer.WriteStringValue(dataClass.Name);
        }

        writer.WriteEndArray();
        writer.WriteString("kind", RetentionNames.Of(rule.Kind));
        if (rule is { Anchor: { } anchor, Period: { } period })
        {
            writer.WriteString("anchor", anchor.Name);
            writer.WriteString("period", period.ToString());
        }

        if (rule.Zone is { } zone)
        {
            writer.WriteString("zone", zone);
        }

        if (rule.Action is { } action)
        {
            writer.WriteString("action", RetentionNames.Of(action));
        }

        writer.WriteEndObject();
    }

    private static string CanonicalText(RetentionRule rule) =>
        Convert.ToHexString(Canonical(writer => WriteRule(writer, rule)).WrittenSpan);

    private static ArrayBufferWriter<byte> Canonical(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        write(writer);
        writer.Flush();
        return buffer;
    }
}
