using System.Text.Json;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Vectors;

/// <summary>The golden vectors of format 1, which are this project's own and part of the repository.</summary>
internal sealed class FormatVectors
{
    private readonly JsonElement _root;

    private FormatVectors(JsonElement root) => _root = root;

    public static FormatVectors Load()
    {
        // the published copy wins where there is one, so that a change of it is noticed
        var published = VectorReport.Folder is { } folder ? Path.Combine(folder, "format", "abm_v1.json") : null;
        var path = published is not null && File.Exists(published) ? published : Path.Combine(AppContext.BaseDirectory, "Vectors", "abm_v1.json");
        return new FormatVectors(JsonDocument.Parse(File.ReadAllBytes(path)).RootElement);
    }

    public TenantId Tenant => new(Context("tenant"));

    public SubjectId Subject => new(Context("subject"));

    public FieldContext FieldContext => new(Tenant, Context("scope"), Context("entity"), Context("field"), Context("record"));

    public IEnumerable<JsonElement> Cases(string operation, string? suite = null) => _root.GetProperty("tests").EnumerateArray()
        .Where(test => Text(test, "op") == operation && (suite is null || Text(test, "suite").StartsWith(suite, StringComparison.Ordinal)));

    public IEnumerable<(string Name, SecretKey Key, string Id)> Keys() => _root.GetProperty("keys").EnumerateObject()
        .Select(key => (key.Name, Key(key.Name), _root.GetProperty("keyIds").GetProperty(key.Name).GetString()!));

    public SecretKey Key(string name) => SecretKey.FromBytes(Convert.FromHexString(_root.GetProperty("keys").GetProperty(name).GetString()!));

    public static string Text(JsonElement test, string name) => test.GetProperty(name).GetString()!;

    public static byte[] Bytes(JsonElement test, string name) => Convert.FromHexString(Text(test, name));

    private string Context(string name) => _root.GetProperty("context").GetProperty(name).GetString()!;
}
