using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Support;

/// <summary>Encrypted values that a test wrote and reads back through any ring.</summary>
internal sealed class StoredValues(TenantId tenant)
{
    private readonly List<(SubjectId Subject, FieldContext Context, byte[] Envelope, string Text)> _values = [];

    public int Count => _values.Count;

    public async Task AddAsync(KeyRing ring, params IEnumerable<string> subjects)
    {
        foreach (var subject in subjects)
        {
            var context = new FieldContext(tenant, "crm", "contact", "email", $"r-{_values.Count}");
            var text = $"{subject}-{_values.Count}@industry.example";
            _values.Add((new SubjectId(subject), context, await new FieldEncryptor(ring).EncryptTextAsync(new SubjectId(subject), context, text), text));
        }
    }

    /// <summary>What reading each value says: "ok", or the code of the error.</summary>
    public async Task<List<string>> ReadAsync(KeyRing ring)
    {
        var answers = new List<string>();
        using var atOnce = await ring.OpenReadOnlyAsync(tenant, [.. _values.Select(value => value.Subject)]); // one round trip where there is a cache
        foreach (var (subject, context, envelope, text) in _values)
        {
            try
            {
                var read = await new FieldEncryptor(ring).DecryptTextAsync(subject, context, envelope);
                answers.Add(read == text ? "ok" : "WRONG");
            }
            catch (PrivacyException error)
            {
                answers.Add(error.Code.ToString());
            }
        }

        return answers;
    }

    public async Task AssertAllReadableAsync(KeyRing ring)
    {
        Assert.NotEmpty(_values);
        Assert.All(await ReadAsync(ring), answer => Assert.Equal("ok", answer));
    }
}
