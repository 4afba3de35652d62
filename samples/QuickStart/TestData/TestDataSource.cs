using System.Globalization;
using Microsoft.Data.Sqlite;
using QuickStart.Protection;
using QuickStart.Storage;

namespace QuickStart.TestData;

/// <summary>
/// The stored contacts, revealed into a database in memory: a masked copy cannot read encrypted columns, and clear values have no
/// business on a disk. It takes memory with the number of contacts.
/// </summary>
internal sealed class TestDataSource : IAsyncDisposable
{
    private readonly SqliteConnection _memory = new("Data Source=:memory:");

    private TestDataSource() => Context = new TestDataContext(_memory);

    public TestDataContext Context { get; }

    /// <summary>Every e-mail address and phone number that must not be in the copy.</summary>
    public HashSet<string> Originals { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The first contacts, to be shown in class terms.</summary>
    public List<(int Line, PlainContact Contact)> First { get; } = [];

    public static async Task<TestDataSource> OpenAsync(StoredCheck check, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var source = new TestDataSource();
        await source._memory.OpenAsync(cancellationToken);
        await source.Context.Database.EnsureCreatedAsync(cancellationToken);
        await foreach (var batch in check.RunAsync(progress, cancellationToken).Where(opened => opened.Succeeded).Chunk(ContactDatabase.BatchSize).WithCancellation(cancellationToken))
        {
            foreach (var opened in batch)
            {
                source.Add(opened.Entity);
            }

            await source.Context.SaveChangesAsync(cancellationToken);
            source.Context.ChangeTracker.Clear();
        }

        return source;
    }

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        await _memory.DisposeAsync();
    }

    private void Add(StoredContact stored)
    {
        const int shown = 3;
        var contact = new PlainContact
        {
            Id = stored.Id,
            AccountId = stored.AccountId?.GetValue(),
            Name = string.Join(' ', new[] { stored.FirstName?.GetValue(), stored.LastName?.GetValue() }.OfType<string>()) is { Length: > 0 } name ? name : null,
            Email = stored.Email!.GetValue(),
            Phone = stored.Phone?.GetValue(),
            Country = stored.Country?.GetValue(),
            LastActivityAt = stored.LastActivityAt is { } at ? DateTimeOffset.ParseExact(at.GetValue(), "O", CultureInfo.InvariantCulture) : null,
            Note = stored.Note?.GetValue(),
        };
        Context.Add(contact);
        Originals.Add(contact.Email);
        if (contact.Phone is { } phone)
        {
            Originals.Add(phone);
        }

        if (contact.LastActivityAt is { } activity)
        {
            Context.Add(new PlainActivity { ContactId = contact.Id, Email = contact.Email, At = activity });
        }

        if (First.Count < shown && contact is { Name: not null, Phone: not null, LastActivityAt: not null })
        {
            First.Add((stored.Line, contact));
        }
    }
}
