using System.Buffers;
using System.Text;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Text;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Masking.Text;

public class TextRedactorTests
{
    [Fact]
    public void A_text_without_findings_is_the_same_instance()
    {
        const string Text = "nothing to see here, 12 items";
        Assert.Same(Text, TextRedactor.Default.Redact(Text));
        Assert.Equal("", TextRedactor.Default.Redact(null));
    }

    [Fact]
    public void Half_a_surrogate_pair_and_bytes_that_are_no_utf8_become_the_replacement_character()
    {
        Assert.Equal("a\uFFFDb [email] \uFFFD", TextRedactor.Default.Redact("a\uD83Db jane@example.com \uDE00"));
        var output = new ArrayBufferWriter<byte>();
        TextRedactor.Default.Redact([(byte)'a', 0xFF, (byte)' ', .. "jane@example.com"u8, 0xC3], output);
        Assert.Equal("a\uFFFD [email]\uFFFD", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Each_kind_has_a_label_of_its_own()
    {
        var labels = Enum.GetValues<TextKind>().Where(kind => kind != TextKind.Custom).Select(Abm.Privacy.Masking.Text.TextLabels.Of).ToList();
        Assert.Equal(labels.Count, labels.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain("[redacted]", labels);
        Assert.All(labels, label => Assert.False(TextScanner.Default.Finds(label)));
    }

    [Fact]
    public void A_kind_can_have_a_mask_by_text_or_of_ones_own()
    {
        var options = new TextRedactorOptions { Masks = { [TextKind.Email] = "email" } }.Use(TextKind.Phone, Mask.Hide);
        Assert.Equal("j***@example.com and ***", new TextRedactor(TextScanner.Default, options).Redact("jane@example.com and +49 170 1234567"));
    }

    [Fact]
    public void A_mask_that_shows_everything_twice_one_kind_or_no_kind_is_refused()
    {
        var options = new TextRedactorOptions { Masks = { [TextKind.Email] = "clear", [TextKind.Phone] = "nonsense", [(TextKind)99] = "erase", [TextKind.Iban] = "erase" } }.Use(TextKind.Iban, Mask.Hide);
        var error = Assert.Throws<ArgumentException>(() => new TextRedactor(TextScanner.Default, options));
        Assert.Contains("Email would be found and shown", error.Message, StringComparison.Ordinal);
        Assert.Contains("mask of Phone is not valid", error.Message, StringComparison.Ordinal);
        Assert.Contains("99 is not a kind", error.Message, StringComparison.Ordinal);
        Assert.Contains("Iban has one mask in Masks and one set by Use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_in_a_url_are_found_beside_what_else_it_holds_where_urls_are_not()
    {
        var redactor = new TextRedactor(new TextScanner(new TextScannerOptions { ExcludedKinds = { TextKind.Url } }));
        Assert.Equal(
            "GET https://[secret]@[ip-address]:8080/u/[email]?a=1&access_token=[secret]&to=[email]#key=[secret] done",
            redactor.Redact("GET https://bob:pw@10.1.2.3:8080/u/jane@example.com?a=1&access_token=abc&to=joe@example.com#key=zzz done"));
    }

    [Fact]
    public void A_completed_text_takes_no_more()
    {
        var output = new ArrayBufferWriter<char>();
        var streaming = new StreamingTextRedactor(TextRedactor.Default);
        streaming.Complete(output);
        Assert.Throws<InvalidOperationException>(() => streaming.Append("a", output));
        Assert.Throws<InvalidOperationException>(() => streaming.Complete(output));
    }

    [Fact]
    public void With_own_patterns_a_line_that_never_ends_is_an_error_and_nothing_of_it_is_written()
    {
        var redactor = new TextRedactor(new TextScanner(new TextScannerOptions { Patterns = { ["own"] = "secret" } }));
        var streaming = new StreamingUtf8TextRedactor(redactor);
        var output = new ArrayBufferWriter<byte>();
        var piece = Encoding.UTF8.GetBytes(new string('x', 100_000));
        var error = Assert.Throws<PrivacyException>(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                streaming.Append(piece, output);
            }
        });
        Assert.Equal(PrivacyErrorCode.DocumentTooLarge, error.Code);
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public async Task A_single_long_line_is_redacted_in_memory_that_does_not_grow_with_it()
    {
        var pieces = Soak.IsOn ? 32_768 : 128;
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("user jane@example.com did 4111111111111111 things; ", 1_300)))[..65_536];
        using var input = new Repeated(piece, pieces);
        using var output = new Counted();
        var before = GC.GetTotalMemory(true);
        await TextRedactor.Default.RedactAsync(input, output, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(GC.GetTotalMemory(true) - before < 32 << 20);
        Assert.InRange(output.Total, (long)pieces * 20_000, (long)pieces * 32_768);
    }

    [Fact]
    public async Task A_cancelled_stream_stops()
    {
        using var input = new Repeated(new byte[65_536], 1_000_000);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TextRedactor.Default.RedactAsync(input, Stream.Null, cancellationToken: cancellation.Token));
    }

    /// <summary>The same bytes again and again.</summary>
    private sealed class Repeated(byte[] piece, int count) : Stream
    {
        private int _left = count;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_left == 0)
            {
                return 0;
            }

            _left--;
            var length = Math.Min(buffer.Length, piece.Length);
            piece.AsSpan(0, length).CopyTo(buffer);
            return length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Read(buffer.Span));
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class Counted : Stream
    {
        public long Total { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Total;

        public override long Position { get => Total; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Total += count;
    }
}
