using System.Text.Json;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Identifiers;

public class OpaqueIdTests
{
    [Fact]
    public void An_id_has_1_to_128_bytes_of_valid_Unicode()
    {
        Assert.Equal(new string('a', 128), new SubjectId(new string('a', 128)).Value);
        Assert.Equal(new string('\u00FC', 64), new TenantId(new string('\u00FC', 64)).Value);
        Assert.Throws<ArgumentException>(() => new SubjectId(""));
        Assert.Throws<ArgumentException>(() => new SubjectId(new string('a', 129)));
        Assert.Throws<ArgumentException>(() => new TenantId(new string('\u00FC', 65)));
        Assert.Throws<ArgumentException>(() => new TenantId("a\uD800"));
    }

    [Fact]
    public void The_unset_id_throws()
    {
        Assert.Throws<InvalidOperationException>(() => default(SubjectId).Value);
        Assert.Throws<InvalidOperationException>(() => default(TenantId).Value);
    }

    [Fact]
    public void A_subject_id_is_shown_by_no_text_or_JSON()
    {
        var subject = new SubjectId("customer-4711");

        Assert.Equal("[subject]", $"{subject}");
        Assert.Equal("\"[subject]\"", JsonSerializer.Serialize(subject));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SubjectId>("\"customer-4711\""));
    }

    [Fact]
    public void Ids_are_compared_byte_by_byte()
    {
        Assert.True(new SubjectId("a") == new SubjectId("a") && new SubjectId("a") != new SubjectId("A"));
        Assert.NotEqual(new TenantId("\u00FC"), new TenantId("u\u0308"));
    }
}
