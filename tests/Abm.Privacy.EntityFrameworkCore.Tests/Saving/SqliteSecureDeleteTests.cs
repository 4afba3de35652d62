using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Saving;

public class SqliteSecureDeleteTests
{
    [Fact]
    public async Task A_deleted_envelope_is_gone_from_the_file_without_anything_but_UseAbmPrivacy()
    {
        var file = new SqliteFixture();
        await using var crm = await CrmDatabase.CreateAsync(file);
        await using var context = crm.NewContext();
        var contact = new Contact { Name = "Jane", Email = "jane@example.com" };
        context.Add(contact);
        await context.SaveChangesAsync();
        var envelope = contact.Email!.Envelope.ToArray();
        Assert.True(file.FilesHold(envelope));

        SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection()); // storing its key has set it on that connection
        await using var deleting = crm.NewContext();
        deleting.Remove(await deleting.Contacts.SingleAsync());
        await deleting.SaveChangesAsync();
        await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)"); // the file alone

        Assert.False(file.FilesHold(envelope));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_connection_of_a_context_has_it_however_it_is_opened(bool isAsync)
    {
        await using var crm = await CrmDatabase.CreateAsync(new SqliteFixture());
        await using var context = crm.NewContext();
        if (isAsync)
        {
            await context.Database.OpenConnectionAsync();
        }
        else
        {
            context.Database.OpenConnection();
        }

        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA secure_delete";
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }
}
