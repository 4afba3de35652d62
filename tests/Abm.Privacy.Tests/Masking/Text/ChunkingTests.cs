using System.Buffers;
using System.Text;
using Abm.Privacy.Masking.Text;
using Abm.Privacy.Tests.Vectors;

namespace Abm.Privacy.Tests.Masking.Text;

/// <summary>What a redactor writes never depends on where the pieces of a text end.</summary>
public class ChunkingTests
{
    private static readonly TextRedactor Allowing = new(new TextScanner(new TextScannerOptions { AllowedDomains = { "our.example" } }));

    private static readonly TextRedactor Secrets = new(new TextScanner(new TextScannerOptions { ExcludedKinds = { TextKind.Url } }));

    /// <summary>Texts whose parts decide one another from afar, and characters of every width at every border.</summary>
    private static readonly string[] Hostile =
    [
        "Phone:                                 0301234567 office", "call me at 785 8949-Fax, or jane.doe@example.com.", "\"jane \\\"x\\\" doe\"@example.com",
        "1 85 05 2A 006 084 36 and 2001:db8::1, ::ffff:192.168.1.1/96", "https://user:pa:ss@example.com/a?token=abc&x=192.168.1.1&key=k1#f", "J\u00FCrgen.M\u00FCller@b\u00FCcher.example \u00FC@",
        "\U0001F600\U0001F600@example.com \U0001D400bc@example.com", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc=\n-----END RSA PRIVATE KEY-----\n4111 1111 1111 1111",
        "+49 (0)30 123456 ext. 77 (415) 555-0132x123", "AL47 2121 1009 0000 0002 3569 8741 eyJhbGciOi.eyJzdWIiOiIx.abc Bearer abc123DEF456", "555-123-4567.jane@example.com 1.1.1.1.1.1.1.1.1",
        "06\u00A012\u00A034\u00A056\u00A078 T\u00E9l 1234567", "x\uD83D y jane@example.com \uDE00z", "00:1A:2B:3C:4D:5E 0012.3456.789A f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "x 2001:db8::1-" + new string('a', 200) + " end", "x 2001:db8::1-" + string.Join('-', Enumerable.Repeat("f47ac10b-58cc-4372-a567-0e02b2c3d479", 4)) + " end",
        "Server=db;Password=hun ter2, x;User=sa {\"secret\":[\"a\",\"b\"],\"api_key\" : \"x\\\"y\"} GET /r?sid=a&code=1", "https://our.example/a?x=jane@example.com&token=abc https://our.example eyJ-eyJ-eyJhbGciOi.eyJzdWIiOiIx.abc",
    ];

    [Fact]
    public void Every_split_of_a_hostile_text_gives_the_output_of_the_whole()
    {
        foreach (var text in Hostile)
        {
            foreach (var redactor in (TextRedactor[])[TextRedactor.Default, Secrets, Allowing])
            {
                EverySplit(redactor, text);
                EverySplitInside(redactor, text);
            }
        }
    }

    [Fact]
    public void Sentences_in_a_row_in_pieces_of_any_length_give_the_output_of_the_whole()
    {
        var text = string.Join(' ', LabelledText.Read().Select(sentence => sentence.Text));
        var expected = TextRedactor.Default.Redact(text);
        Assert.Contains("[phone]", expected, StringComparison.Ordinal);
        foreach (var length in (int[])[1, 7, 61, 127, 1_021, 8_191, 65_537])
        {
            Assert.Equal(expected, InPieces(TextRedactor.Default, text, length));
            Assert.Equal(Encoding.UTF8.GetBytes(expected), InPieces(TextRedactor.Default, Encoding.UTF8.GetBytes(text), length));
        }
    }

    [Fact]
    public void Every_split_of_every_published_text_gives_the_output_of_the_whole()
    {
        var report = new VectorReport("splits of recognizer texts");
        foreach (var text in SpanVectors.Texts())
        {
            EverySplit(TextRedactor.Default, text);
            report.Case(text, true);
        }

        report.Finish();
    }

    [Fact]
    public void Every_split_of_every_labelled_sentence_gives_the_output_of_the_whole()
    {
        var report = new VectorReport("splits of labelled sentences");
        foreach (var (text, _) in LabelledText.Read())
        {
            EverySplit(TextRedactor.Default, text);
            report.Case(text, true);
        }

        report.Finish();
    }

    [Fact]
    public void A_long_text_in_pieces_of_any_length_gives_the_output_of_the_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 1_500).Select(i => Hostile[i * 7 % Hostile.Length] + (i % 5 == 0 ? "\n" : " ")));
        var expected = TextRedactor.Default.Redact(text);
        foreach (var length in (int[])[1, 2, 3, 63, 64, 65, 1_000, 4_096, 40_000, 300_000])
        {
            Assert.Equal(expected, InPieces(TextRedactor.Default, text, length));
            Assert.Equal(Encoding.UTF8.GetBytes(expected), InPieces(TextRedactor.Default, Encoding.UTF8.GetBytes(text), length));
        }
    }

    [Fact]
    public void Own_patterns_give_the_output_of_the_whole_too()
    {
        var options = new TextScannerOptions { Patterns = { ["order"] = @"\bORD-\d{4,}\b", ["line"] = "^secret.*$", ["wide"] = @"\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+" } };
        var redactor = new TextRedactor(new TextScanner(options));
        foreach (var text in (string[])["a ORD-1234\nsecret plan\nJane Doe ORD-12 ORD-99999", "J\u00FCrgen M\u00FCller\nsecret \U0001F600 ORD-1234567@example.com", "no\n\n\nsecret"])
        {
            EverySplit(redactor, text);
        }
    }

    private static void EverySplit(TextRedactor redactor, string text)
    {
        var expected = redactor.Redact(text);
        var utf8 = Encoding.UTF8.GetBytes(text);
        var expectedUtf8 = new ArrayBufferWriter<byte>();
        redactor.Redact(utf8, expectedUtf8);
        Assert.Equal(expected, Encoding.UTF8.GetString(expectedUtf8.WrittenSpan));
        var chars = new ArrayBufferWriter<char>();
        var bytes = new ArrayBufferWriter<byte>();
        for (var split = 0; split <= text.Length; split++)
        {
            chars.ResetWrittenCount();
            var streaming = new StreamingTextRedactor(redactor);
            streaming.Append(text.AsSpan(0, split), chars);
            streaming.Append(text.AsSpan(split), chars);
            streaming.Complete(chars);
            Assert.True(chars.WrittenSpan.SequenceEqual(expected), $"split at {split}: {text}");
        }

        for (var split = 0; split <= utf8.Length; split++)
        {
            bytes.ResetWrittenCount();
            var streaming = new StreamingUtf8TextRedactor(redactor);
            streaming.Append(utf8.AsSpan(0, split), bytes);
            streaming.Append(utf8.AsSpan(split), bytes);
            streaming.Complete(bytes);
            Assert.True(bytes.WrittenSpan.SequenceEqual(expectedUtf8.WrittenSpan), $"split at byte {split}: {text}");
        }

        Assert.Equal(expected, InPieces(redactor, text, 1));
        Assert.Equal(expectedUtf8.WrittenSpan, InPieces(redactor, utf8, 1));
    }

    /// <summary>Far from both ends, so that the first piece is decided as far as it can be before the second comes.</summary>
    private static void EverySplitInside(TextRedactor redactor, string text)
    {
        const int Far = 3_000;
        var filler = string.Concat(Enumerable.Repeat("lorem ipsum ", Far / 12));
        var utf8 = Encoding.UTF8.GetBytes(filler + text + " " + filler);
        var expected = new ArrayBufferWriter<byte>();
        redactor.Redact(utf8, expected);
        var output = new ArrayBufferWriter<byte>();
        for (var (split, end) = (Far, Far + Encoding.UTF8.GetByteCount(text) + 200); split < end; split++)
        {
            output.ResetWrittenCount();
            var streaming = new StreamingUtf8TextRedactor(redactor);
            streaming.Append(utf8.AsSpan(0, split), output);
            streaming.Append(utf8.AsSpan(split, 1), output);
            streaming.Append(utf8.AsSpan(split + 1), output);
            streaming.Complete(output);
            Assert.True(output.WrittenSpan.SequenceEqual(expected.WrittenSpan), $"split at byte {split - Far}: {text}");
        }
    }

    private static string InPieces(TextRedactor redactor, string text, int length)
    {
        var output = new ArrayBufferWriter<char>();
        var streaming = new StreamingTextRedactor(redactor);
        for (var at = 0; at < text.Length; at += length)
        {
            streaming.Append(text.AsSpan(at, Math.Min(length, text.Length - at)), output);
        }

        streaming.Complete(output);
        return new string(output.WrittenSpan);
    }

    private static byte[] InPieces(TextRedactor redactor, byte[] utf8, int length)
    {
        var output = new ArrayBufferWriter<byte>();
        var streaming = new StreamingUtf8TextRedactor(redactor);
        for (var at = 0; at < utf8.Length; at += length)
        {
            streaming.Append(utf8.AsSpan(at, Math.Min(length, utf8.Length - at)), output);
        }

        streaming.Complete(output);
        return output.WrittenSpan.ToArray();
    }
}
