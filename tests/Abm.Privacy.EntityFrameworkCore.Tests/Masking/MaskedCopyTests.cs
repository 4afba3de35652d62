using Abm.Privacy.EntityFrameworkCore.Masking;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Masking;

public sealed class SqliteMaskedCopyTests : MaskedCopyContract
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());

    [Fact]
    public async Task The_source_is_recognized_by_every_name_of_its_file()
    {
        var file = ((SqliteFixture)SourceDatabase).File;
        using var folder = new TemporaryFolder();
        var (link, linkedFolder) = (folder.File("link.db"), folder.File("folder"));
        File.CreateSymbolicLink(link, file);
        Directory.CreateSymbolicLink(linkedFolder, Path.GetDirectoryName(file)!);
        string[] names =
        [
            $"Data Source={link}",
            $"Data Source={Path.Combine(linkedFolder, Path.GetFileName(file))}",
            $"Data Source={Path.GetRelativePath(Environment.CurrentDirectory, file)}",
            $"Data Source={Path.Combine(Path.GetDirectoryName(file)!, ".", "..", Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileName(file))}",
            $"Data Source=file:{file}?mode=rw",
        ];
        foreach (var name in names)
        {
            await using var target = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseSqlite(name).Options);
            var copy = Copy(target: target);
            copy.AllowNonEmptyTarget = true;

            Assert.Contains((await copy.PlanAsync(Ct)).Faults, fault => fault.StartsWith("The target is the source", StringComparison.Ordinal));
            SqliteConnection.ClearPool((SqliteConnection)target.Database.GetDbConnection());
        }
    }

    [Fact]
    public async Task Encrypted_columns_are_erased_or_refused()
    {
        await using var crm = await CrmDatabase.CreateAsync(new SqliteFixture());
        await using var source = crm.NewContext();
        await using var target = new ShopContext(TargetDatabase.OptionsFor<ShopContext>());
        await target.Database.ExecuteSqlRawAsync("CREATE TABLE Contacts (Id TEXT)", Ct);

        var refused = await new MaskedCopy(source, target).Table<Contact>(contact => contact.Keep(c => c.Name)).PlanAsync(Ct);
        Assert.Contains(refused.Faults, fault => fault.StartsWith("Contacts.Name holds values or indexes that are encrypted", StringComparison.Ordinal));
        Assert.Contains(refused.Faults, fault => fault.StartsWith("Contacts.Email holds values or indexes that are encrypted", StringComparison.Ordinal));
        var erased = await new MaskedCopy(source, target).Table<Contact>(contact => contact.Erase(c => c.Name)).PlanAsync(Ct);
        Assert.DoesNotContain(erased.Faults, fault => fault.StartsWith("Contacts.Name ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Databases_in_memory_are_one_if_they_share_it()
    {
        var name = "Data Source=file:" + Guid.NewGuid().ToString("N") + "?mode=memory&cache=shared";
        await using var source = new SqliteConnection(name);
        await using var same = new SqliteConnection(name);
        await using var other = new SqliteConnection("Data Source=:memory:");
        await source.OpenAsync(Ct);
        await same.OpenAsync(Ct);
        await other.OpenAsync(Ct);

        Assert.True(await DatabaseIdentity.AreSameAsync(Source, source, same, Ct));
        Assert.True(await DatabaseIdentity.AreSameAsync(Source, source, source, Ct));
        Assert.False(await DatabaseIdentity.AreSameAsync(Source, source, other, Ct));
        Assert.False(await DatabaseIdentity.AreSameAsync(Source, Source.Database.GetDbConnection() is var file ? await OpenAsync(file) : file, other, Ct));
        await using var command = source.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master";
        Assert.Equal(0L, await command.ExecuteScalarAsync(Ct));

        static async Task<System.Data.Common.DbConnection> OpenAsync(System.Data.Common.DbConnection connection)
        {
            await connection.OpenAsync(Ct);
            return connection;
        }
    }
}

public sealed class PostgresMaskedCopyTests(PostgresFixture server) : MaskedCopyContract
{
    protected override async Task<TestDatabase> CreateDatabaseAsync() => await server.CreateDatabaseAsync();

    [Fact]
    public async Task The_source_is_recognized_whatever_role_and_host_name_lead_there()
    {
        await SourceDatabase.ScalarAsync("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        await SourceDatabase.ScalarAsync("CREATE ROLE masked_copy_reader LOGIN PASSWORD 'reader'");
        try
        {
            await SourceDatabase.ScalarAsync("GRANT SELECT ON ALL TABLES IN SCHEMA public TO masked_copy_reader");
            var name = new NpgsqlConnectionStringBuilder(SourceDatabase.ConnectionString) { Username = "masked_copy_reader", Password = "reader", ApplicationName = "other", Pooling = false }.ConnectionString;
            await using var reader = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(name).Options);
            var (same, other) = (Copy(target: reader), Copy());
            same.AllowNonEmptyTarget = true;

            Assert.Contains((await same.PlanAsync(Ct)).Faults, fault => fault.StartsWith("The target is the source", StringComparison.Ordinal));
            Assert.Empty((await other.PlanAsync(Ct)).Faults);
        }
        finally
        {
            await SourceDatabase.ScalarAsync("DROP OWNED BY masked_copy_reader");
            await SourceDatabase.ScalarAsync("DROP ROLE masked_copy_reader");
        }
    }
}
