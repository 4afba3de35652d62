namespace Abm.Privacy.Tests.QuickStart;

/// <summary>A row of contacts as it is stored.</summary>
internal sealed record StoredRow(string Id, int Line, IReadOnlyDictionary<string, byte[]> Fields)
{
    /// <summary>All of it, to compare rows byte by byte.</summary>
    public override string ToString() => $"{Id} {Line} {string.Join(' ', Fields.Select(field => $"{field.Key}={Convert.ToHexString(field.Value)}"))}";
}
