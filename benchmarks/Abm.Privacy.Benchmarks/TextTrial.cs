using System.Diagnostics;
using System.Globalization;
using System.Text;
using Abm.Privacy.Masking.Text;

namespace Abm.Privacy.Benchmarks;

/// <summary>Nanoseconds a byte over sizes, over how much there is to find, and over text that is made to be slow.</summary>
internal static class TextTrial
{
    private const int Mebi = 1 << 20;

    public static void Measure()
    {
        Console.WriteLine("| text | size | ns/byte | matches |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var size in (int[])[1, 4, 16, 64])
        {
            Measure("log", TextSamples.Log(size * Mebi));
        }

        foreach (var percent in (int[])[0, 1, 10, 50, 100])
        {
            Measure(string.Create(CultureInfo.InvariantCulture, $"{percent} % of the words personal"), TextSamples.Mixed(4 * Mebi, percent));
        }

        foreach (var part in (string[])["@", "1.1.1.1.1", "a.a.a.a", "7", "1 ", "12 ", ":", "ab12 ", "x@", "://", "a@a.a ", "tel 12 "])
        {
            Measure($"`{part}` repeated", TextSamples.Repeated(part, 4 * Mebi));
        }
    }

    private static void Measure(string name, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var (best, matches) = (double.MaxValue, 0);
        var rounds = Math.Max(3, 128 * Mebi / utf8.Length);
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            matches = 0;
            foreach (var match in TextScanner.Default.Scan(utf8))
            {
                matches += match.Length > 0 ? 1 : 0;
            }

            best = Math.Min(best, watch.Elapsed.TotalNanoseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {utf8.Length / Mebi} MiB | {best / utf8.Length:F2} | {matches} |"));
    }
}
