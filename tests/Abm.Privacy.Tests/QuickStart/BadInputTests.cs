using System.Text;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>Input that cannot be used: one paragraph that says what to do, an exit code, and no file under its final name.</summary>
public sealed class BadInputTests
{
    private const string Header = "contact_id,account_id,email,last_name";
    private const string Secret = "Secretova";
    private const int UsageError = 2;
    private const int InputError = 3;
    private const int OutputError = 4;

    private static readonly string Rows = string.Concat(Enumerable.Range(2, 3000).Select(line => $"s{line},a1,person{line}@a.example,{Secret}\n"));

    public static TheoryData<string, string> Contacts => new()
    {
        { "empty", "is empty" },
        { "blank", "lacks the needed columns" },
        { "header only", "no rows" },
        { "no header", "lacks the needed columns contact_id, account_id, email" },
        { "column twice", "has the column 'email' twice" },
        { "latin-1 in line 3002", "line 3,002 holds bytes of another encoding" },
        { "utf-16 without mark", "UTF-16 without a byte order mark" },
        { "broken utf-16", "characters that are broken" },
        { "quote never closed", "starts on line 3,002: most likely a quotation mark" },
        { "every row bad", "no row that can be imported" },
    };

    [Theory]
    [MemberData(nameof(Contacts))]
    public async Task An_unusable_contacts_file_is_refused(string fault, string message)
    {
        using var folder = new TemporaryFolder();
        var bytes = fault switch
        {
            "empty" => [],
            "blank" => "\n\n"u8.ToArray(),
            "header only" => Encoding.UTF8.GetBytes(Header + "\n"),
            "no header" => Encoding.UTF8.GetBytes(Rows),
            "column twice" => Encoding.UTF8.GetBytes($"{Header},E-mail,Email\n" + Rows),
            "latin-1 in line 3002" => Encoding.Latin1.GetBytes($"{Header}\n{Rows}s,a1,x@a.example,{Secret}ü\n"),
            "utf-16 without mark" => Encoding.Unicode.GetBytes($"{Header}\n{Rows}"),
            "broken utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes($"{Header}\n{Rows}"), 0x00, 0xDC, 0x41, 0x00],
            "quote never closed" => Encoding.UTF8.GetBytes($"{Header}\n{Rows}s,a1,x@a.example,\"{Secret}\n{string.Concat(Enumerable.Repeat(Rows, 10))}"),
            "every row bad" => Encoding.UTF8.GetBytes($"{Header}\ns1,a1,{Secret},\ns2,a1,{Secret},\n"),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        await File.WriteAllBytesAsync(folder["mine.csv"], bytes, TestContext.Current.CancellationToken);
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", folder["mine.csv"], "--out", folder["out"], "--keys", folder["keys"]);

        AssertRefused(run, InputError, message);
        Assert.Equal(fault == "every row bad" ? ["adjusted.csv", "rejected.csv"] : [], folder.Results);
    }

    [Theory]
    [InlineData("--contacts")]
    [InlineData("--events")]
    public async Task A_file_that_is_missing_or_a_folder_is_refused(string option)
    {
        using var folder = new TemporaryFolder();
        var missing = await SampleRun.StartAsync(folder.Path, option, folder["none"], "--out", folder["out"], "--only", option == "--events" ? "events" : "import");
        AssertRefused(missing, InputError, $"does not exist. Check the path that {option} names.");
        var isFolder = await SampleRun.StartAsync(folder.Path, option, folder.Path, "--out", folder["out"], "--only", option == "--events" ? "events" : "import");
        AssertRefused(isFolder, InputError, $"is a folder. Name a file with {option}.");
        Assert.Empty(folder.Results);
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_written_is_refused_before_any_work()
    {
        using var folder = new TemporaryFolder();
        var run = await SampleRun.StartAsync(folder.Path, "--out", Path.Combine(folder.Write("file", ""), "out"), "--keys", folder["keys"]);

        AssertRefused(run, OutputError, "cannot be written. Name a folder that you may write to with --out");
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_result_file_that_cannot_get_its_name_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["out/rejected.csv"]);
        var run = await SampleRun.StartAsync(folder.Path, "--out", folder["out"], "--keys", folder["keys"]);

        AssertRefused(run, OutputError, "could not be written");
        Assert.Equal(["rejected.csv"], folder.Results);
    }

    [Theory]
    [InlineData("There is no option '--kontacts'.", "--kontacts", "x.csv")]
    [InlineData("The option --contacts needs a value.", "--contacts", "--out")]
    [InlineData("The option --keep-rejected takes no value.", "--keep-rejected=yes")]
    [InlineData("The option --out is given twice.", "--out", "a", "--out=b")]
    [InlineData("The value of --find is not an e-mail address.", "--find", "Secretova")]
    [InlineData("The value of --now is not an instant.", "--now", "tomorrow")]
    [InlineData("There is no step 'imports'. The steps are: import, events", "--only", "imports")]
    public async Task A_wrong_command_line_is_refused(string message, params string[] args)
    {
        using var folder = new TemporaryFolder();
        var run = await SampleRun.StartAsync(folder.Path, args);

        AssertRefused(run, UsageError, message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static void AssertRefused(SampleRun run, int exitCode, string message)
    {
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(Secret, run.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
