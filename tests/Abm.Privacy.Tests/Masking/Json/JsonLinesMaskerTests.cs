using System.IO.Pipelines;
using System.Text;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Json;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Masking.Json;

public class JsonLinesMaskerTests
{
    private const string Lines = "{\"email\":\"jane@example.com\"}\n\r\n{\"x\":1,\"email\":\"omar@example.com\"}\r\n  \n[]\n{\"email\":\"ann@example.com\"}";
    private const string Expected = "{\"email\":\"j***@example.com\"}\n\r\n{\"x\":1,\"email\":\"o***@example.com\"}\r\n  \n[]\n{\"email\":\"a***@example.com\"}";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    public static TheoryData<JsonMaskingEngine> Engines => JsonSamples.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Lines_are_masked_whatever_pieces_they_come_in(JsonMaskingEngine engine)
    {
        foreach (var text in new[] { (Lines, Expected), (Lines + "\n", Expected + "\n"), ("\ufeff" + Lines, "\ufeff" + Expected), ("", ""), ("\ufeff", "\ufeff"), ("\n\n", "\n\n") })
        {
            for (var size = 1; size < 70; size++)
            {
                var output = new MemoryStream();
                var done = await Create(engine).MaskAsync(new Pieces(JsonSamples.Utf8(text.Item1), size), output, cancellationToken: _ct);

                Assert.Equal(text.Item2, Encoding.UTF8.GetString(output.ToArray()));
                Assert.Equal(Encoding.UTF8.GetByteCount(text.Item1), done.BytesRead);
                Assert.Equal(text.Item1.Count(c => c == '\n') + (text.Item1.Length > 0 && text.Item1[^1] != '\n' ? 1 : 0), done.Lines);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_broken_line_is_an_error_that_names_it_and_only_whole_lines_were_passed_on(JsonMaskingEngine engine)
    {
        var output = new Pipe();
        var error = await Assert.ThrowsAsync<JsonMaskingException>(() => Create(engine).MaskAsync(
            PipeReader.Create(new MemoryStream(JsonSamples.Utf8("{\"email\":\"jane@example.com\"}\n\n{\"email\":\"omar@example.com\"\n{}\n"))), output.Writer, null, _ct));
        await output.Writer.CompleteAsync();
        var written = await output.Reader.ReadAtLeastAsync(1000, _ct);

        Assert.Equal((3L, PrivacyErrorCode.DocumentMalformed), (error.Line, error.Code));
        Assert.InRange(error.ByteOffset, 30, 59);
        Assert.DoesNotContain("omar", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("{\"email\":\"j***@example.com\"}\n\n", Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(written.Buffer)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_broken_line_becomes_the_marker_on_request(JsonMaskingEngine engine)
    {
        var lines = $"{{\"email\":\"a@b.com\"\n{{\"x\":1}}\n{{\"long\":\"{new string('x', 5000)}\"}}\nnot json\n{{\"email\":1}}\n{new string('y', 5000)}";
        for (var size = 1; size < 7000; size = size * 3 + 1)
        {
            var output = new MemoryStream();
            var done = await Create(engine, "\"[unreadable]\"", 1024).MaskAsync(new Pieces(JsonSamples.Utf8(lines), size), output, cancellationToken: _ct);

            Assert.Equal("\"[unreadable]\"\n{\"x\":1}\n\"[unreadable]\"\n\"[unreadable]\"\n{\"email\":\"***\"}\n\"[unreadable]\"", Encoding.UTF8.GetString(output.ToArray()));
            Assert.Equal((6L, 4L), (done.Lines, done.BrokenLines));
        }

        Assert.Throws<ArgumentException>(() => Create(engine, "no json", 1024));
        Assert.Throws<ArgumentException>(() => Create(engine, "{\n}", 1024));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_line_without_end_takes_bounded_memory(JsonMaskingEngine engine)
    {
        const long Gigabyte = 1L << 30;
        var source = new Endless(Gigabyte);
        var before = GC.GetTotalAllocatedBytes();
        var error = await Assert.ThrowsAsync<JsonMaskingException>(() => Create(engine, null, 4 * 1024 * 1024).MaskAsync(source, Stream.Null, cancellationToken: _ct));

        Assert.Equal((PrivacyErrorCode.DocumentTooLarge, 1L), (error.Code, error.Line));
        Assert.InRange(source.Given, 4 * 1024 * 1024, 8 * 1024 * 1024);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 256 * 1024 * 1024);
    }

    [Fact]
    public async Task A_file_is_replaced_in_one_step_or_stays()
    {
        using var folder = new TemporaryFolder();
        var (source, target) = (folder.File("contacts.ndjson"), folder.File("masked.ndjson"));
        await File.WriteAllTextAsync(source, string.Concat(Enumerable.Repeat(Lines + "\n", 40_000)), _ct);
        var reports = new List<JsonLinesProgress>();
        var done = await Create(JsonMaskingEngine.Structural).MaskFileAsync(source, target, new Listed(reports), _ct);

        Assert.Equal(string.Concat(Enumerable.Repeat(Expected + "\n", 40_000)), await File.ReadAllTextAsync(target, _ct));
        Assert.Equal(new JsonLinesProgress(240_000, 0, new FileInfo(source).Length, new FileInfo(source).Length), done);
        Assert.True(reports.Count > 3 && reports[^1] == done && reports.Zip(reports.Skip(1)).All(pair => pair.First.BytesRead <= pair.Second.BytesRead));

        await File.AppendAllTextAsync(source, "{\"email\":", _ct);
        await File.WriteAllTextAsync(target, "as before", _ct);
        var error = await Assert.ThrowsAsync<JsonMaskingException>(() => Create(JsonMaskingEngine.Structural).MaskFileAsync(source, target, null, _ct));
        Assert.Equal(240_001, error.Line);
        Assert.Equal("as before", await File.ReadAllTextAsync(target, _ct));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Create(JsonMaskingEngine.Structural).MaskFileAsync(source, target, null, new CancellationToken(true)));
        await Assert.ThrowsAsync<ArgumentException>(() => Create(JsonMaskingEngine.Structural).MaskFileAsync(source, Path.Combine(folder.File("x"), "..", "contacts.ndjson"), null, _ct));
        await Assert.ThrowsAnyAsync<IOException>(() => Create(JsonMaskingEngine.Structural).MaskFileAsync(folder.File("none"), target, null, _ct));
        Assert.Equal([source, target], Directory.GetFiles(Path.GetDirectoryName(target)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_target_that_is_the_source_by_links_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        var (real, link, second, linkedFolder) = (folder.File("real.ndjson"), folder.File("link.ndjson"), folder.File("second.ndjson"), folder.File("folder"));
        await File.WriteAllTextAsync(real, Lines, _ct);
        File.CreateSymbolicLink(link, "real.ndjson");
        File.CreateSymbolicLink(second, link);
        Directory.CreateSymbolicLink(linkedFolder, Path.GetDirectoryName(real)!);
        var circle = folder.File("circle");
        File.CreateSymbolicLink(circle, circle);
        var masker = Create(JsonMaskingEngine.Validating);
        foreach (var (source, target) in new[] { (link, real), (real, link), (second, real), (real, Path.Combine(linkedFolder, "real.ndjson")), (Path.Combine(linkedFolder, "link.ndjson"), second) })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => masker.MaskFileAsync(source, target, null, _ct));
        }

        await Assert.ThrowsAnyAsync<IOException>(() => masker.MaskFileAsync(real, circle, null, _ct));
        Assert.Equal(Lines, await File.ReadAllTextAsync(real, _ct));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        await masker.MaskFileAsync(second, folder.File("masked.ndjson"), null, _ct);
        Assert.Equal((Lines, Expected), (await File.ReadAllTextAsync(real, _ct), await File.ReadAllTextAsync(folder.File("masked.ndjson"), _ct)));
    }

    [Fact]
    public async Task A_target_that_is_a_link_stays_one_and_the_file_behind_it_is_replaced()
    {
        using var folder = new TemporaryFolder();
        var (source, real, link) = (folder.File("contacts.ndjson"), Path.Combine(Directory.CreateDirectory(folder.File("elsewhere")).FullName, "real.ndjson"), folder.File("link.ndjson"));
        await File.WriteAllTextAsync(source, Lines, _ct);
        await File.WriteAllTextAsync(real, Lines, _ct);
        File.CreateSymbolicLink(link, Path.Combine("elsewhere", "real.ndjson"));

        await Create(JsonMaskingEngine.Validating).MaskFileAsync(source, link, null, _ct);

        Assert.Equal((Expected, Path.Combine("elsewhere", "real.ndjson")), (await File.ReadAllTextAsync(real, _ct), new FileInfo(link).LinkTarget));
        Assert.Equal([real], Directory.GetFiles(Path.GetDirectoryName(real)!));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_byte_order_mark_stands_in_front_of_the_first_line_alone(JsonMaskingEngine engine)
    {
        const string Line = "\ufeff{\"email\":\"jane@example.com\"}";
        var output = new MemoryStream();

        var error = await Assert.ThrowsAsync<JsonMaskingException>(() => Create(engine).MaskAsync(new MemoryStream(JsonSamples.Utf8(Line + "\n" + Line)), output, cancellationToken: _ct));
        Assert.Equal(2, error.Line);
        output.SetLength(0);
        await Create(engine, "0").MaskAsync(new MemoryStream(JsonSamples.Utf8(Line + "\n" + Line + "\n\ufeff\n")), output, cancellationToken: _ct);
        Assert.Equal("\ufeff{\"email\":\"j***@example.com\"}\n0\n0\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    private static JsonLinesMasker Create(JsonMaskingEngine engine, string? marker = null, int limit = JsonMaskingOptions.DefaultMaxDocumentBytes) =>
        JsonSamples.Masker(engine, options =>
        {
            options.Mask("email", Mask.Email);
            (options.BrokenLineMarker, options.MaxDocumentBytes) = (marker, limit);
        }).Lines;

    private sealed class Listed(List<JsonLinesProgress> reports) : IProgress<JsonLinesProgress>
    {
        public void Report(JsonLinesProgress value) => reports.Add(value);
    }

    /// <summary>Gives few bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }

    /// <summary>One line that takes long to end.</summary>
    private sealed class Endless(long length) : MemoryStream
    {
        public long Given { get; private set; }

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, length - Given);
            buffer.Span[..count].Fill((byte)'1');
            Given += count;
            return ValueTask.FromResult(count);
        }
    }
}
