using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Encryption.BlindIndexes.TestIndexes;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

/// <summary>A search gives true matches and nothing else.</summary>
public sealed class BlindIndexSearchTests : IDisposable
{
    private readonly KeyRing _keys = TestKeys.Ring();

    [Fact]
    public async Task A_search_over_encrypted_rows_finds_the_mailbox_and_none_of_the_false_candidates()
    {
        var index = new BlindIndex<EmailAddress>("contact", "email", "email_short", BlindIndexTransforms.Email, bits: 8);
        var (indexer, encryptor) = (new BlindIndexer(_keys), new FieldEncryptor(_keys));
        using var lease = await _keys.OpenOwnersAsync(TestKeys.Tenant, [DataKeyOwner.ForSubject(TestKeys.Jane), IndexLeases.Owner], create: true, CancellationToken.None);
        var context = new FieldContext(TestKeys.Tenant, "crm", "contact", "email", "c");
        var rows = Enumerable.Range(0, 2_000).Select(i =>
        {
            var email = Email($"person{i}@example.com");
            var value = new byte[index.Size];
            indexer.Compute(lease, index, email, value);
            return new Row(i, value, encryptor.EncryptText(lease, TestKeys.Jane, context, email.Value));
        }).ToList();

        var query = index.Find(Email("Person77@Example.com"));
        var tokens = indexer.TokensFor(lease, query);
        var candidates = rows.Where(row => tokens.Contains(row.Index, ByteArrays.Comparer)).ToList();

        Assert.InRange(candidates.Count, 2, 40); // 2,000 / 256 are false
        Assert.Equal([77], candidates.WhereVerified(query, Decrypt).Select(row => row.Id));
        Assert.Equal([77], await Collect(Stream(candidates).WhereVerifiedAsync(query, Decrypt)));
        Assert.Equal([77], await Collect(Stream(candidates).WhereVerifiedAsync(query, (row, _) => ValueTask.FromResult(Decrypt(row)))));

        EmailAddress Decrypt(Row row) => EmailAddress.Parse(encryptor.DecryptText(lease, context, row.Email));
    }

    [Fact]
    public void A_match_is_equality_of_the_normal_text()
    {
        Assert.True(ByEmail.Find(Email("Jane@Example.com")).IsMatch(Email("jane@example.com")));
        Assert.False(ByEmail.Find(Email("jane@example.com")).IsMatch(Email("janet@example.com")));
        Assert.True(ByDomain.FindPart(DomainName.Parse("example.com")).IsMatch(Email("jane@example.com")));
        Assert.True(ByDomain.Find(Email("john@example.com")).IsMatch(Email("jane@example.com")));
        Assert.False(ByDomain.FindPart(DomainName.Parse("example.com")).IsMatch(Email("jane@sub.example.com")));
        Assert.True(ByLast4.FindPart("1820").IsMatch(E164Phone.Parse("+4930901820")));
        Assert.False(ByLast4.FindPart("1820").IsMatch(E164Phone.Parse("+4930901821")));
        Assert.True(ByNamePrefix.Find("Janet").IsMatch("JANE DOE"));
        Assert.False(ByNamePrefix.Find("Ja").IsMatch("Jane"));
        Assert.False(ByNamePrefix.Find("Jane").IsMatch("  "));
        Assert.True(ByWords.Find("gmbh ACME").IsMatch("Acme Software GmbH"));
        Assert.False(ByWords.Find("acme ag").IsMatch("Acme Software GmbH"));
        Assert.False(ByWords.Find("acme").IsMatch(""));
    }

    [Fact]
    public async Task An_erased_candidate_is_passed_over_and_any_other_error_ends_the_search()
    {
        var query = ByEmail.Find(Email("jane@example.com"));
        EmailAddress Decrypt(int row) => row switch
        {
            0 => throw new PrivacyException(PrivacyErrorCode.SubjectErased, "erased"),
            1 => Email("jane@example.com"),
            _ => throw new PrivacyException(PrivacyErrorCode.DecryptionFailed, "altered"),
        };

        Assert.Equal([1], Enumerable.Range(0, 2).WhereVerified(query, Decrypt));
        Assert.Equal([1], await Collect(Stream([0, 1]).WhereVerifiedAsync(query, Decrypt)));
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, Assert.Throws<PrivacyException>(() => Enumerable.Range(1, 2).WhereVerified(query, Decrypt).ToList()).Code);
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, (await Assert.ThrowsAsync<PrivacyException>(async () => await Collect(Stream([1, 2]).WhereVerifiedAsync(query, Decrypt)))).Code);
    }

    [Fact]
    public async Task A_cancelled_search_stops()
    {
        using var cancellation = new CancellationTokenSource();
        var decrypted = 0;
        var search = Stream(Enumerable.Range(0, 100)).WhereVerifiedAsync(
            ByEmail.Find(Email("jane@example.com")),
            row =>
            {
                decrypted++;
                cancellation.Cancel();
                return Email("jane@example.com");
            },
            cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Collect(search));
        Assert.Equal(1, decrypted);
    }

    public void Dispose() => _keys.Dispose();

    private static async Task<List<int>> Collect(IAsyncEnumerable<Row> rows)
    {
        var found = new List<int>();
        await foreach (var row in rows)
        {
            found.Add(row.Id);
        }

        return found;
    }

    private static async Task<List<int>> Collect(IAsyncEnumerable<int> rows)
    {
        var found = new List<int>();
        await foreach (var row in rows)
        {
            found.Add(row);
        }

        return found;
    }

    private static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> rows)
    {
        foreach (var row in rows)
        {
            await Task.Yield();
            yield return row;
        }
    }

    private sealed record Row(int Id, byte[] Index, byte[] Email);
}
