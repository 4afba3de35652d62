using System.Text;
using System.Text.Json;
using Abm.Privacy.Masking.Text;
using Abm.Privacy.Tests.Vectors;

namespace Abm.Privacy.Tests.Masking.Text;

public class TextVectorTests
{
    /// <summary>The reference counts the quotation marks around a URL to it.</summary>
    private const string Quoted = "\"https://presidio.dataprivacystack.org/\"";

    [Fact]
    public void Every_published_case_of_a_claimed_kind_is_answered_and_nothing_more()
    {
        var report = new VectorReport("recognizer spans");
        foreach (var (kind, text, count, spans) in SpanVectors.Cases())
        {
            // the published answers hold for every score
            var found = Find(text, kind, minScore: 0.05);
            var expected = text == Quoted ? [(1, text.Length - 1)] : spans;
            var agrees = found.Count == count && (spans.Length == 0 || found.SequenceEqual(expected));
            report.Case($"{kind}: {text} -> {string.Join(' ', found)}", agrees && Utf8Agrees(text, kind, found));
        }

        report.Finish();
    }

    [Fact]
    public void Published_check_digits_are_verified()
    {
        var report = new VectorReport("recognizer check digits");
        var kinds = new Dictionary<string, TextKind> { ["de_tax_id_recognizer"] = TextKind.DeTaxId, ["pl_pesel_recognizer"] = TextKind.PlPesel };
        foreach (var line in File.ReadLines(SpanVectors.Path("presidio_checksum_vectors.jsonl")))
        {
            using var row = JsonDocument.Parse(line);
            if (kinds.TryGetValue(row.RootElement.GetProperty("validator").GetString()!, out var kind))
            {
                var value = row.RootElement.GetProperty("value").GetString()!;
                report.Case($"{kind}: {value}", Find(value, kind, 0.05).Count > 0 == row.RootElement.GetProperty("expected").GetBoolean());
            }
        }

        report.Finish();
    }

    [Fact]
    public void Labelled_sentences_are_found_with_the_precision_and_recall_that_are_promised()
    {
        var kinds = new Dictionary<string, (TextKind Kind, double Precision, double Recall)>(StringComparer.Ordinal)
        {
            ["EMAIL_ADDRESS"] = (TextKind.Email, 1, 1),
            ["IBAN_CODE"] = (TextKind.Iban, 1, 1),
            ["DOMAIN_NAME"] = (TextKind.Url, 1, 1),
            ["US_SSN"] = (TextKind.UsSsn, 1, 1),
            ["IP_ADDRESS"] = (TextKind.IpAddress, 1, 1),
            ["CREDIT_CARD"] = (TextKind.PaymentCard, 1, 0.97),
            ["PHONE_NUMBER"] = (TextKind.Phone, 0.90, 0.85),
        };
        var tallies = kinds.Values.ToDictionary(entry => entry.Kind, _ => new Tally());
        int leaked = 0, strangers = 0, sentences = 0;
        foreach (var (text, spans) in LabelledText.Read())
        {
            sentences++;
            var matches = Find(text);
            foreach (var match in matches)
            {
                var isRight = spans.Any(span => kinds.TryGetValue(span.Label, out var entry) && entry.Kind == match.Kind && Overlaps(match, span.Start, span.End));
                strangers += tallies.ContainsKey(match.Kind) ? 0 : 1;
                if (tallies.TryGetValue(match.Kind, out var tally))
                {
                    tally.Right += isRight ? 1 : 0;
                    tally.Found++;
                }
            }

            foreach (var (label, start, end) in spans.Where(span => kinds.ContainsKey(span.Label)))
            {
                var tally = tallies[kinds[label].Kind];
                tally.Labelled++;
                tally.Recalled += matches.Any(match => match.Kind == kinds[label].Kind && Overlaps(match, start, end)) ? 1 : 0;
                leaked += Enumerable.Range(start, end - start).Count(at => !matches.Any(match => at >= match.Start && at < match.End));
            }
        }

        Assert.Equal(2_109, sentences);
        foreach (var (kind, precision, recall) in kinds.Values)
        {
            var tally = tallies[kind];
            AccuracyReport.Write($"{kind} precision {tally.Precision:F3} recall {tally.Recall:F3} of {tally.Labelled}");
            Assert.True(tally.Precision >= precision, $"{kind}: precision {tally.Precision}");
            Assert.True(tally.Recall >= recall, $"{kind}: recall {tally.Recall}");
        }

        AccuracyReport.Write($"characters leaked inside labelled spans {leaked}; findings of kinds that no label has {strangers}");
        Assert.Equal(0, leaked);
        Assert.Equal(0, strangers);
    }

    private static bool Overlaps(TextMatch match, int start, int end) => match.Start < end && match.End > start;

    private static List<TextMatch> Find(string text)
    {
        var matches = new List<TextMatch>();
        foreach (var match in TextScanner.Default.Scan(text))
        {
            matches.Add(match);
        }

        return matches;
    }

    private static List<(int Start, int End)> Find(string text, TextKind kind, double minScore)
    {
        var found = new List<(int, int)>();
        foreach (var match in Scanner(kind, minScore).Scan(text))
        {
            found.Add((match.Start, match.End));
        }

        return found;
    }

    private static bool Utf8Agrees(string text, TextKind kind, List<(int Start, int End)> expected)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var found = new List<(int, int)>();
        foreach (var match in Scanner(kind, 0.05).Scan(utf8))
        {
            found.Add((Encoding.UTF8.GetCharCount(utf8, 0, match.Start), Encoding.UTF8.GetCharCount(utf8, 0, match.End)));
        }

        return found.SequenceEqual(expected);
    }

    private static TextScanner Scanner(TextKind kind, double minScore) => new(new TextScannerOptions { MinScore = minScore, Kinds = { kind } });

    private sealed class Tally
    {
        public int Found;
        public int Right;
        public int Labelled;
        public int Recalled;

        public double Precision => Found == 0 ? 0 : (double)Right / Found;

        public double Recall => Labelled == 0 ? 0 : (double)Recalled / Labelled;
    }
}
