namespace Abm.Privacy.Tests.QuickStart;

/// <summary>What the sample disposes of, and what it never touches.</summary>
public sealed class DisposalTests
{
    private const string Old = "2023-01-01T00:00:00Z";
    private const string Recent = "2026-06-01T00:00:00Z";

    [Fact]
    public async Task Only_what_is_due_and_certain_and_not_held_goes()
    {
        using var folder = new TemporaryFolder();
        var contacts = folder.Write("mine.csv", "contact_id,account_id,email,last_name,time_zone,collected_at,last_activity_at,note\n"
            + $"due,a1,due@a.example,L,Europe/Paris,{Old},{Old},n\n"
            + $"young,a1,young@a.example,L,Europe/Paris,{Recent},{Recent},n\n"
            + $"held-account,a2,ha@a.example,L,Europe/Paris,{Old},{Old},n\n"
            + $"held-alias,a1,alias@a.example,L,Europe/Paris,{Old},{Old},n\n"
            + $"merged,a1,ALIAS@a.example,L,Europe/Paris,{Old},{Old},n\n"
            + $"no-zone,a1,zone@a.example,L,,{Old},{Old},n\n"
            + $"note-only,a1,note@a.example,L,Europe/Paris,2025-01-01T00:00:00Z,{Recent},n\n"
            + $"note-unknown,a1,unknown@a.example,L,Europe/Paris,,{Old},n\n");
        var holds = folder.Write("holds.json", """
            {"holds":[
              {"id":"h1","matter":"m","placed_at":"2026-01-01T00:00:00Z","scope":{"accounts":["a2"]}},
              {"id":"h2","matter":"m","placed_at":"2026-01-01T00:00:00Z","scope":{"contacts":["merged"]}},
              {"id":"h3","matter":"m","placed_at":"2026-01-01T00:00:00Z","scope":{"contacts":["nobody here"]}}]}
            """);
        string[] args = ["--contacts", contacts, "--holds", holds, "--out", folder["out"], "--keys", folder["keys"], "--now", "2026-11-17T14:00:00Z", "--only", "protect,retain,verify"];
        var run = await SampleRun.StartAsync(folder.Path, args);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal((1, 2, 2, 1), (run.Count("+ due: keys destroyed"), run.Count("+ due: single fields deleted"), run.Count("+ held: not touched"), run.Count("+ not determined: not touched")));
        Assert.Equal(1, run.Count("contacts that now read as SubjectErased"));
        var database = new StoredDatabase(folder);
        Assert.Equal(["young", "held-account", "held-alias", "no-zone", "note-only", "note-unknown"], database.Rows().Select(row => row.Id));
        Assert.Equal(["young", "held-account", "held-alias", "no-zone", "note-unknown"], database.Rows().Where(row => row.Fields.ContainsKey("Note")).Select(row => row.Id));
        Assert.Equal(["due"], database.Shredded());
        Assert.Equal(
            ["due,keys destroyed", "note-only,fields deleted", "note-unknown,fields deleted"],
            File.ReadLines(folder["out/disposals.csv"]).Skip(1).Select(line => string.Join(',', line.Split(',')[..2])));
        Assert.Contains("note-unknown,fields deleted,last_activity_at,behavior", File.ReadAllText(folder["out/disposals.csv"]), StringComparison.Ordinal);

        var again = await SampleRun.StartAsync(folder.Path, args);
        Assert.Equal(("", 0), (again.Error, again.ExitCode));
        Assert.Equal((1, 6, 0), (again.Count("erased on an earlier day and not taken in again"), again.Count("contacts evaluated"), again.Count("+ due: keys destroyed")));
        Assert.Equal(5, File.ReadLines(folder["out/disposals.csv"]).Skip(1).Count());
    }
}
