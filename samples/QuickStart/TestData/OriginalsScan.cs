using System.Data.Common;
using Abm.Privacy.Masking.Text;

namespace QuickStart.TestData;

/// <summary>Looks into every text of a database for values that must not be there: as a whole text, and wherever a scanner finds one in it.</summary>
internal sealed class OriginalsScan(HashSet<string> originals)
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _originals = originals.GetAlternateLookup<ReadOnlySpan<char>>();

    public long Texts { get; private set; }

    public long Found { get; private set; }

    public async Task RunAsync(DbConnection database, CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken);
        var tables = new List<string>();
        await ForEachAsync(database, "SELECT name FROM sqlite_master WHERE type = 'table'", tables.Add, cancellationToken);
        foreach (var table in tables)
        {
            await ForEachAsync(database, $"SELECT * FROM \"{table}\"", Look, cancellationToken);
        }
    }

    private void Look(string text)
    {
        Texts++;
        Found += originals.Contains(text) ? 1 : 0;
        foreach (var match in TextScanner.Default.Scan(text))
        {
            Found += match.Length < text.Length && _originals.Contains(text.AsSpan(match.Start, match.Length)) ? 1 : 0;
        }
    }

    private static async Task ForEachAsync(DbConnection database, string query, Action<string> look, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                if (reader.GetValue(i) is string text)
                {
                    look(text);
                }
            }
        }
    }
}
