namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>
/// Entity Framework evaluates in the client what it cannot translate, with the same answer and every column of the row on the wire. A statement that selects
/// anything but the key, the jurisdiction and the mask is refused before it runs.
/// </summary>
internal static class SelectListGuard
{
    /// <param name="sql">The statement.</param>
    /// <param name="computed">The names of the computed columns.</param>
    /// <param name="plain">How many columns may be selected as they are.</param>
    /// <exception cref="InvalidOperationException">The statement selects something else.</exception>
    public static void Check(string sql, IReadOnlyCollection<string> computed, int plain)
    {
        var items = SelectList(sql);
        var others = items.Count(item => !computed.Any(name => item.EndsWith($" AS \"{name}\"", StringComparison.Ordinal)));
        if (items.Count - others != computed.Count || others > plain)
        {
            throw new InvalidOperationException(
                $"The database would send {items.Count} columns for the client to evaluate, where the key, the jurisdiction and the mask are wanted. Use columns and expressions in the facts that Entity Framework translates, and nothing that it evaluates in the client.");
        }
    }

    private static List<string> SelectList(string sql)
    {
        var start = sql.IndexOf("SELECT ", StringComparison.Ordinal) + "SELECT ".Length;
        var (items, depth, from) = (new List<string>(), 0, start);
        for (var i = start; i < sql.Length; i++)
        {
            switch (sql[i])
            {
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case '\'' or '"':
                    i = sql.IndexOf(sql[i], i + 1); // a doubled quote opens the next text at once
                    break;
                case ',' when depth == 0:
                    items.Add(sql[from..i].Trim());
                    from = i + 1;
                    break;
                case '\n' when depth == 0 && sql.AsSpan(i + 1).StartsWith("FROM ", StringComparison.Ordinal):
                    items.Add(sql[from..i].Trim());
                    return items;
            }
        }

        return items;
    }
}
