using System.Globalization;
using System.Text;

namespace Abm.Privacy.Benchmarks;

/// <summary>Texts that are the same in every run: like logs, like prose, with as much to find as is asked for.</summary>
internal static class TextSamples
{
    private const string Words =
        "the quick brown fox jumps over a lazy dog while marketing teams plan their campaigns for accounts and in spring it was said that nobody reads more than twelve pages; yet readers remain curious, of course.";

    private static readonly string[] Personal =
        ["jane.doe@example.com", "4111 1111 1111 1111", "+49 170 1234567", "192.0.2.55", "078-05-1123", "DE89 3704 0044 0532 0130 00", "(415) 555-0132", "https://example.com/u?id=7"];

    /// <summary>Lines of services: times, levels, addresses, sizes, block numbers; half of them hold an e-mail or IP address.</summary>
    public static string Log(int length)
    {
        var text = new StringBuilder(length + 256);
        var random = new Sequence(12_345);
        while (text.Length < length)
        {
            text.Append(CultureInfo.InvariantCulture, $"2026-11-{random.Next(28) + 1:00} {random.Next(24):00}:{random.Next(60):00}:{random.Next(60):00},{random.Next(1000):000} ");
            text.Append(random.Next(6) switch
            {
                0 => string.Create(CultureInfo.InvariantCulture, $"INFO [worker-{random.Next(64)}] com.example.crm.ContactService - Loaded contact id={random.Next(1_000_000)} in {random.Next(900)} ms from shard {random.Next(32)}\n"),
                1 => string.Create(CultureInfo.InvariantCulture, $"WARN dfs.DataNode$PacketResponder: PacketResponder {random.Next(3)} for block blk_{random.Next(1_000_000_000)}{random.Next(1_000_000_000)} terminating\n"),
                2 => string.Create(CultureInfo.InvariantCulture, $"INFO dfs.FSNamesystem: BLOCK* NameSystem.addStoredBlock: blockMap updated: 10.{random.Next(255)}.{random.Next(255)}.{random.Next(255)}:50010 is added to blk_{random.Next(1_000_000_000)} size {random.Next(70_000_000)}\n"),
                3 => string.Create(CultureInfo.InvariantCulture, $"DEBUG sshd[{random.Next(30_000)}]: Failed password for invalid user u{random.Next(99)} from 173.{random.Next(255)}.{random.Next(255)}.{random.Next(255)} port {random.Next(60_000)} ssh2\n"),
                4 => string.Create(CultureInfo.InvariantCulture, $"INFO mail queued to user{random.Next(100_000)}@example{random.Next(50)}.com, message {random.Next(10_000_000)}, attempt {random.Next(5)}, size={random.Next(100_000)}\n"),
                _ => string.Create(CultureInfo.InvariantCulture, $"ERROR System.InvalidOperationException: Sequence contains no elements at Crm.Web.Controllers.AccountController.Get(Int32 id) in AccountController.cs:line {random.Next(900)}\n"),
            });
        }

        return text.ToString(0, length);
    }

    public static string Prose(int length) => Mixed(length, 0);

    /// <summary>Words, of which so many of a hundred are something personal.</summary>
    public static string Mixed(int length, int percent)
    {
        var words = Words.Split(' ');
        var text = new StringBuilder(length + 64);
        var random = new Sequence(7);
        while (text.Length < length)
        {
            text.Append(random.Next(100) < percent ? Personal[random.Next(Personal.Length)] : words[random.Next(words.Length)]).Append(' ');
        }

        return text.ToString(0, length);
    }

    public static string Repeated(string part, int length)
    {
        var text = new StringBuilder(length + part.Length);
        while (text.Length < length)
        {
            text.Append(part);
        }

        return text.ToString(0, length);
    }

    /// <summary>Numbers that are the same in every run.</summary>
    private sealed class Sequence(uint state)
    {
        private uint _state = state;

        public int Next(int end)
        {
            _state = unchecked(_state * 1_664_525 + 1_013_904_223);
            return (int)((ulong)(_state >> 4) * (uint)end >> 28);
        }
    }
}
