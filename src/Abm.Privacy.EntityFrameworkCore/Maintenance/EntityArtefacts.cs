using System.Data.Common;
using System.Globalization;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.EntityFrameworkCore.Saving;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>The columns of a context's tables that derive from a person's protected values, in statements over whole tables.</summary>
internal sealed class EntityArtefacts(DbContext context, IEnumerable<EntityTable> tables)
{
    public async ValueTask<IReadOnlyList<DerivedArtefact>> FindAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken) =>
        await OpenConnection.RunAsync(context, async connection =>
        {
            var found = new List<DerivedArtefact>();
            foreach (var table in tables)
            {
                foreach (var (column, kind) in ColumnsOf(table))
                {
                    var command = Command(connection, table, tenant, subject, $"SELECT COUNT(*) FROM {table.Name} WHERE {Condition(table)} AND {column} IS NOT NULL");
                    await using var disposal = command.ConfigureAwait(false);
                    var count = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
                    found.Add(new DerivedArtefact(kind, $"{table.Name}.{column}".Replace("\"", "", StringComparison.Ordinal), count));
                }
            }

            return found;
        }).ConfigureAwait(false);

    public async ValueTask<long> EraseAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken) =>
        await OpenConnection.RunAsync(context, async connection =>
        {
            var isSqlite = context.Database.ProviderName == KeyTables.SqliteProvider;
            if (isSqlite)
            {
                await SqliteSecureDelete.SetAsync(connection, cancellationToken).ConfigureAwait(false);
            }

            var erased = 0L;
            foreach (var table in tables)
            {
                foreach (var (column, _) in ColumnsOf(table))
                {
                    var command = Command(connection, table, tenant, subject, $"UPDATE {table.Name} SET {column} = NULL WHERE {Condition(table)} AND {column} IS NOT NULL");
                    await using var disposal = command.ConfigureAwait(false);
                    erased += await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            if (isSqlite)
            {
                await SqliteScrub.EmptyLogAsync(connection, cancellationToken).ConfigureAwait(false);
            }

            return erased;
        }).ConfigureAwait(false);

    private IEnumerable<(string Column, DerivedArtefactKind Kind)> ColumnsOf(EntityTable table)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        return table.Fields.SelectMany(field => field.Indexes).Select(column => (column, DerivedArtefactKind.BlindIndex))
            .Concat(table.Entity.Type.GetDerivedTypesInclusive().SelectMany(type => type.GetProperties()).Distinct()
                .Where(property => property.FindAnnotation(PrivacyAnnotations.Artefact) is not null)
                .Select(property => (sql.DelimitIdentifier(property.GetColumnName()), (DerivedArtefactKind)(int)property.FindAnnotation(PrivacyAnnotations.Artefact)!.Value!)));
    }

    private static string Condition(EntityTable table) => $"{table.TenantCondition()} AND {table.Subject.Name} = @subject";

    private static DbCommand Command(DbConnection connection, EntityTable table, TenantId tenant, SubjectId subject, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        table.AddTenant(command, tenant);
        table.Subject.Add(command, "@subject", subject.Value);
        return command;
    }
}
