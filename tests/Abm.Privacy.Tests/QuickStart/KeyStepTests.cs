using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Erasure;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>The steps that find a contact, rotate keys and forget a person, each by itself on what is stored.</summary>
public sealed class KeyStepTests(StoredContacts stored) : IClassFixture<StoredContacts>
{
    private const int InputError = 3;

    [Theory]
    [InlineData("SECRET.Two@A.example", "3 ")]
    [InlineData("secret.one@b.example", "none")]
    public async Task A_contact_is_found_by_its_address_however_it_is_written(string address, string row)
    {
        using var folder = stored.Copy();
        var run = await stored.RunAsync(folder, "find", "--find", address);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        var found = row == "none" ? 0 : 1;
        Assert.Matches($@"the address of --find +\| {found} +\| {found} +\| {row}", run.Output);
        Assert.DoesNotContain("secret", run.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_contact_with_the_index_value_of_the_wanted_one_is_a_candidate_and_not_a_result()
    {
        using var folder = stored.Copy();
        var database = new StoredDatabase(folder);
        database.SetEnvelope("s3", "Email_email_eq", database.Envelope("s2", "Email_email_eq"));
        var run = await stored.RunAsync(folder, "find", "--find", "secret.two@a.example");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Matches(@"the address of --find +\| 2 +\| 1 +\| 3 ", run.Output);
    }

    [Fact]
    public async Task Rotation_wraps_every_data_key_anew_and_encrypts_one_persons_values_under_a_new_key()
    {
        using var folder = stored.Copy();
        var database = new StoredDatabase(folder);
        var (before, keys) = (database.Rows(), database.WrappedKeys("s2")[0]);
        var run = await stored.RunAsync(folder, "rotate");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal((4, 4, 0, 0), (run.Count("data keys under the old tenant key"), run.Count("= wrapped under the new one"), run.Count("+ left"), run.Count("of them not readable")));
        Assert.InRange(run.Count("e-mail addresses read meanwhile"), 3, int.MaxValue);
        Assert.Equal(
            (20, before[0].Fields.Count - 1, 0),
            (run.Count("values of all contacts"), run.Count("of them encrypted anew under their person's new key"), run.Count("of them left under an old one")));
        var after = database.Rows();
        Assert.All(before[0].Fields.Where(field => field.Key != "Email_email_eq"), field => Assert.NotEqual(field.Value, after[0].Fields[field.Key]));
        Assert.Equal(before[0].Fields["Email_email_eq"], after[0].Fields["Email_email_eq"]);
        Assert.Equal(before[1..].Select(row => row.ToString()), after[1..].Select(row => row.ToString()));
        Assert.Equal((2, 1), (database.WrappedKeys("s1").Count, database.WrappedKeys("s2").Count));
        Assert.NotEqual(keys, database.WrappedKeys("s2")[0]);

        var verified = await StoredContacts.VerifyAsync(folder);
        Assert.Equal(("", 0, 20), (verified.Error, verified.ExitCode, verified.Count("= open")));
    }

    [Fact]
    public async Task A_forgotten_person_is_gone_from_the_file_stays_out_and_the_receipt_is_the_signers()
    {
        using var folder = stored.Copy();
        var database = new StoredDatabase(folder);
        byte[][] secrets = [database.WrappedKeys("s2")[0], database.Envelope("s2", "Email"), database.Envelope("s2", "Email_email_eq")];
        Assert.All(secrets, secret => Assert.True(Holds(folder, secret)));
        var backup = await File.ReadAllBytesAsync(folder["out/contacts.db"], TestContext.Current.CancellationToken);
        var run = await stored.RunAsync(folder, "forget", "--forget", "s2");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal((6, 6), (run.Count("values of the person"), run.Count("= that now read as SubjectErased")));
        Assert.Equal(["s1", "s3"], database.Rows().Select(row => row.Id));
        Assert.Equal(["s2"], database.Shredded());
        Assert.All(secrets, secret => Assert.False(Holds(folder, secret)));
        Assert.Contains("refused with SubjectErased", run.Output, StringComparison.Ordinal);

        var file = Assert.Single(Directory.GetFiles(folder["out"], "erasure-receipt.*.p7s"));
        var signed = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        using var signer = X509CertificateLoader.LoadCertificateFromFile(folder["keys/receipt-signer.cer"]);
        var receipt = ShredCertificate.Verify(signed, signer);
        Assert.Single(receipt.DestroyedKeys);
        Assert.NotNull(receipt.IrrecoverableSince);
        Assert.True(receipt.IsCertifiable);
        signed[^1] ^= 1;
        Assert.Equal(PrivacyErrorCode.SignatureInvalid, Assert.Throws<PrivacyException>(() => ShredCertificate.Verify(signed, signer)).Code);

        // the list still has the person: not taken in again, neither on this day nor on the next
        var later = await stored.RunAsync(folder, "protect,verify");
        Assert.Equal(("", 0), (later.Error, later.ExitCode));
        Assert.Equal((1, 2), (later.Count("erased on an earlier day and not taken in again"), later.Count("contacts stored")));
        Assert.All(["secret.two", "secret.one", "Secreti", "Secreto"], name => Assert.DoesNotContain(name, run.Everything + later.Everything, StringComparison.OrdinalIgnoreCase));

        // a backup of the database from before, with every key that there is now, opens nothing
        await File.WriteAllBytesAsync(folder["out/contacts.db"], backup, TestContext.Current.CancellationToken);
        var restored = await StoredContacts.VerifyAsync(folder);
        Assert.Equal(5, restored.ExitCode);
        Assert.DoesNotContain("= open  ", restored.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s1", "A legal hold covers the contact that --forget names, so nothing was destroyed.")]
    [InlineData("s99", "No stored contact has the id that --forget names.")]
    public async Task Who_is_held_or_not_there_is_not_forgotten(string id, string message)
    {
        using var folder = stored.Copy();
        var holds = folder.Write("holds.json", """{"holds":[{"id":"h1","matter":"m","placed_at":"2026-01-01T00:00:00Z","scope":{"contacts":["s1"]}}]}""");
        var run = await stored.RunAsync(folder, "forget", "--forget", id, "--holds", holds);

        Assert.Equal(InputError, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal((3, 0), (new StoredDatabase(folder).Rows().Count, new StoredDatabase(folder).Shredded().Count));
    }

    [Fact]
    public async Task Without_a_name_the_last_contact_goes_whom_no_hold_covers()
    {
        using var folder = stored.Copy();
        var holds = folder.Write("holds.json", """{"holds":[{"id":"h1","matter":"m","placed_at":"2026-01-01T00:00:00Z","scope":{"accounts":["a2"]}}]}""");
        var run = await stored.RunAsync(folder, "forget", "--holds", holds);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal(["s1", "s3"], new StoredDatabase(folder).Rows().Select(row => row.Id));
    }

    private static bool Holds(TemporaryFolder folder, byte[] bytes) =>
        Directory.GetFiles(folder["out"], "contacts.db*").Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0);
}
