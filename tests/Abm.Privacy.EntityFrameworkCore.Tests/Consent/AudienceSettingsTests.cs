using System.Linq.Expressions;
using Abm.Privacy.Consent;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>What an audience sets for its statements is as it was before when it is done, however the connection is used.</summary>
public sealed class AudienceSettingsTests(PostgresFixture postgres) : LedgerDatabaseContract
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_compiler_of_statements_is_off_for_the_audience_alone(bool inTransaction)
    {
        await using var context = NewContext();
        await context.Database.OpenConnectionAsync();
        await using var transaction = inTransaction ? await context.Database.BeginTransactionAsync() : null;

        await foreach (var answer in Audience(context).DecideAsync())
        {
            Assert.NotNull(answer.Verdict);
        }

        await Audience(context).CountAsync();
        Assert.Equal("on", await SettingAsync(context));
    }

    [Fact]
    public async Task A_transaction_that_failed_ends_with_its_own_error()
    {
        await using var context = NewContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        context.Contacts.Add(new LedgerTestContext.Contact { EmailPoint = null });
        await context.SaveChangesAsync();

        var error = await Record.ExceptionAsync(async () => await Audience(context, contact => 1 / (contact.Id - contact.Id)).DecideAsync().ToListAsync());

        Assert.Equal(PostgresErrorCodes.DivisionByZero, (error as PostgresException ?? error?.InnerException as PostgresException)?.SqlState); // not that the transaction is aborted
        await transaction.RollbackAsync();
        Assert.Equal("on", await SettingAsync(context));
    }

    protected override async Task<TestDatabase> CreateDatabaseAsync() => await postgres.CreateDatabaseAsync();

    private ConsentAudience<int> Audience(LedgerTestContext context, Expression<Func<LedgerTestContext.Contact, int>>? key = null) => context.Contacts.AsConsentAudience(
        context, Tenant, new CompiledConsentEvaluator(TestPolicy.Of(TestPolicy.PermitAll), Time).Prepare(TestPolicy.Question), key ?? (contact => contact.Id), contact => contact.EmailPoint);

    private static async Task<string> SettingAsync(LedgerTestContext context) =>
        await context.Database.SqlQuery<string>($"SELECT current_setting('jit') AS \"Value\"").SingleAsync();
}
