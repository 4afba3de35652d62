using System.Text;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>One row of a write; the lists are in the order of the write's columns.</summary>
internal sealed record EntityRowWrite(
    SubjectId Subject, IReadOnlyList<string> Keys, string Record, IReadOnlyList<byte[]> Old, IReadOnlyList<byte[]> New, IReadOnlyList<byte[]?[]> Tokens)
{
    public string OldText(int column) => Encoding.UTF8.GetString(Old[column]);
}
