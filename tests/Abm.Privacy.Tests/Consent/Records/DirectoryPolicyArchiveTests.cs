using Abm.Privacy.Consent.Records;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent.Records;

public sealed class DirectoryPolicyArchiveTests : PolicyArchiveContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IPolicyArchive Create() => new DirectoryPolicyArchive(_folder.File("archive"));

    [Fact]
    public async Task Another_process_reads_what_one_saved()
    {
        var policy = Of(PermitAll);
        await Create().SaveAsync(policy);

        Assert.Equal(policy.Reference, (await Create().FindAsync(policy.Reference.Sha256))?.Reference);
        Assert.Equal([policy.Reference.Sha256 + ".json"], Directory.GetFiles(_folder.File("archive")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_altered_file_is_found_out()
    {
        var policy = Of(PermitAll);
        await Create().SaveAsync(policy);
        var path = Directory.GetFiles(_folder.File("archive")).Single();
        var text = await File.ReadAllTextAsync(path);
        foreach (var altered in new[] { text.Replace("\"OK\"", "\"KO\"", StringComparison.Ordinal), text[..20], "" })
        {
            await File.WriteAllTextAsync(path, altered);
            Assert.Equal(PrivacyErrorCode.PolicyArchiveDamaged, (await Assert.ThrowsAsync<PrivacyException>(async () => await Create().FindAsync(policy.Reference.Sha256))).Code);
        }
    }

    [Fact]
    public async Task Files_that_name_each_other_end_in_an_error()
    {
        var (one, other) = (new string('a', 64), new string('b', 64));
        Directory.CreateDirectory(_folder.File("archive"));
        await File.WriteAllTextAsync(Path.Combine(_folder.File("archive"), one + ".parts"), other);
        await File.WriteAllTextAsync(Path.Combine(_folder.File("archive"), other + ".parts"), one);

        Assert.Equal(PrivacyErrorCode.PolicyArchiveDamaged, (await Assert.ThrowsAsync<PrivacyException>(async () => await Create().FindAsync(one))).Code);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_typed_error()
    {
        await File.WriteAllTextAsync(_folder.File("archive"), "a file");

        Assert.Equal(PrivacyErrorCode.PolicyArchiveUnavailable, (await Assert.ThrowsAsync<PrivacyException>(async () => await Create().SaveAsync(Of(PermitAll)))).Code);
    }
}
