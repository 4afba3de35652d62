using Microsoft.Data.Sqlite;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>The sample's database as whoever has the file sees it: without keys.</summary>
internal sealed class StoredDatabase(TemporaryFolder folder, string name = "contacts.db")
{
    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = folder[$"out/{name}"], Pooling = false }.ConnectionString;

    /// <summary>Every row in the list's order.</summary>
    public List<StoredRow> Rows() => Query("SELECT * FROM contacts ORDER BY Line, Id", reader =>
    {
        var fields = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (reader.GetName(i) is not ("TenantId" or "Id" or "Line" or "ContactPoint" or "AddressSince" or "IsInLedger" or "IsInDoubt") && !reader.IsDBNull(i))
            {
                fields.Add(reader.GetName(i), reader.GetFieldValue<byte[]>(i));
            }
        }

        return new StoredRow(reader.GetString(reader.GetOrdinal("Id")), reader.GetInt32(reader.GetOrdinal("Line")), fields);
    });

    /// <summary>The persons of whose keys tombstones alone are left.</summary>
    public List<string> Shredded() =>
        Query("SELECT subject FROM abm_data_keys GROUP BY subject HAVING COUNT(wrapped) = 0 OR MAX(LENGTH(wrapped)) = 0 ORDER BY subject", reader => reader.GetString(0));

    /// <summary>The wrapped keys of a person, oldest first.</summary>
    public List<byte[]> WrappedKeys(string subject) =>
        Query($"SELECT wrapped FROM abm_data_keys WHERE subject = '{subject}' ORDER BY version", reader => reader.GetFieldValue<byte[]>(0));

    /// <summary>The rows of a statement, their cells joined by a bar.</summary>
    public List<string> Lines(string sql) => Query(sql, reader => string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())));

    /// <summary>The number that a statement counts.</summary>
    public long Number(string sql) => Query(sql, reader => reader.GetInt64(0)).Single();

    public byte[] Envelope(string id, string field) => Rows().Single(row => row.Id == id).Fields[field];

    public void SetEnvelope(string id, string field, byte[] envelope) =>
        Execute($"UPDATE contacts SET {field} = $value WHERE Id = '{id}'", envelope);

    /// <summary>Changes one byte of an envelope.</summary>
    public void Alter(string id, string field, Index position)
    {
        var envelope = Envelope(id, field);
        envelope[position] ^= 1;
        SetEnvelope(id, field, envelope);
    }

    public void AlterDataKey(string subject)
    {
        var wrapped = WrappedKeys(subject)[0];
        wrapped[^1] ^= 1;
        Execute($"UPDATE abm_data_keys SET wrapped = $value WHERE subject = '{subject}'", wrapped);
    }

    public void Execute(string sql, byte[]? value = null)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (value is not null)
        {
            command.Parameters.AddWithValue("$value", value);
        }

        Assert.InRange(command.ExecuteNonQuery(), 1, int.MaxValue);
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }
}
