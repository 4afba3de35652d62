using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Json;

namespace Abm.Privacy.Tests.Masking.Json;

public class JsonFormsTests
{
    private const string Json = """{"user":{"\u0065mail":"jane@example.com","n":[1,2,{"email":null}]},"email":12345,"o":{"x":"é😀\\\""},"t":true}""";
    private const string Expected = """{"user":{"\u0065mail":"j***@example.com","n":[1,2,{"email":null}]},"email":"***","o":"***","t":true}""";

    public static TheoryData<JsonMaskingEngine> Engines => JsonSamples.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Pieces_make_no_difference(JsonMaskingEngine engine)
    {
        var (masker, bytes, ct) = (Create(engine), JsonSamples.Utf8(Json), TestContext.Current.CancellationToken);
        for (var split = 0; split <= bytes.Length; split++)
        {
            var pieces = new[] { bytes[..split], bytes[split..] };
            Assert.Equal(Expected, Through(masker, pieces));
            Assert.Equal(Expected, await PipeAsync(masker, pieces, ct));
        }

        var single = bytes.Select(b => new[] { b }).ToArray();
        Assert.Equal(Expected, Through(masker, single));
        Assert.Equal(Expected, await PipeAsync(masker, single, ct));
        Assert.Equal(Expected, masker.Mask(Json));
    }

    /// <summary>Each fault alone in a document of several blocks, so that no other check finds it.</summary>
    [Theory]
    [InlineData("1\\", "a backslash outside of a text")]
    [InlineData("\\\"x\"", "an escaped quote outside of a text")]
    [InlineData("\"a\tb\"", "a control character in a text")]
    [InlineData("1 2", "two values in a row")]
    [InlineData("\"a\" \"b\"", "two texts in a row")]
    [InlineData(",", "a comma behind no value")]
    [InlineData("{\"k\" 1}x", "a value behind a bracket")]
    [InlineData("1}", "a bracket too many")]
    public void Each_fault_of_a_document_is_an_error_of_both_engines(string value, string fault)
    {
        foreach (var engine in (JsonMaskingEngine[])[JsonMaskingEngine.Validating, JsonMaskingEngine.Structural])
        {
            foreach (var path in (string[])["email", "$.*.email"])
            {
                foreach (var before in (int[])[0, 50, 61, 62, 63, 64, 100])
                {
                    var json = $"{{\"p\":\"{new string('p', before)}\",\"v\":{value},\"o\":{{\"email\":\"S3cret\"}},\"q\":\"{new string('q', 100)}\"}}";
                    var error = Assert.Throws<JsonMaskingException>(() => new JsonMasker(new JsonMaskingOptions { Engine = engine }.Mask(path, Mask.Hide)).Mask(json));
                    Assert.True(error.Code == PrivacyErrorCode.DocumentMalformed, $"{fault}: {error.Code}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_document_cut_off_anywhere_is_an_error_and_nothing_is_written(JsonMaskingEngine engine)
    {
        var (masker, bytes) = (Create(engine), JsonSamples.Utf8(Json));
        for (var length = 0; length < bytes.Length; length++)
        {
            var writer = new ArrayBufferWriter<byte>();
            var destination = new byte[400];
            var error = Assert.Throws<JsonMaskingException>(() => masker.Mask(bytes.AsSpan(0, length), writer));

            Assert.Equal(PrivacyErrorCode.DocumentMalformed, error.Code);
            Assert.InRange(error.ByteOffset, 0, length);
            Assert.DoesNotContain("jane", error.ToString(), StringComparison.Ordinal);
            Assert.Equal(0, writer.WrittenCount);
            Assert.Equal(OperationStatus.InvalidData, masker.Mask(bytes.AsSpan(0, length), destination, out var written));
            Assert.Equal(0, written);
            Assert.DoesNotContain((byte)'u', destination);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Nothing_in_clear_is_left_behind_the_masked_document(JsonMaskingEngine engine)
    {
        // the values are long, so that the masked document is much shorter than what was read to its end
        var value = string.Concat(Enumerable.Repeat("Secret ", 30));
        for (var count = 1; count < 12; count++)
        {
            var json = JsonSamples.Utf8($$"""[{{string.Join(',', Enumerable.Repeat($$"""{"email":"{{value}}","id":1,"o":"{{value[..40]}}"}""", count))}}]""");
            foreach (var size in (int[])[json.Length / 2, json.Length, 2 * json.Length])
            {
                var destination = new byte[size];
                Create(engine).Mask(json, destination, out _);
                Assert.True(destination.AsSpan().IndexOf("ecre"u8) < 0, $"{count} values in {size} bytes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_destination_that_is_too_small_holds_nothing_and_a_larger_one_succeeds(JsonMaskingEngine engine)
    {
        var (masker, bytes) = (Create(engine), JsonSamples.Utf8(Json));
        var length = Encoding.UTF8.GetByteCount(Expected);
        for (var size = 0; size < length; size++)
        {
            var destination = new byte[size];
            Assert.Equal(OperationStatus.DestinationTooSmall, masker.Mask(bytes, destination, out var written));
            Assert.Equal(0, written);
            Assert.DoesNotContain((byte)'u', destination);
        }

        var exact = new byte[length];
        Assert.Equal(OperationStatus.Done, masker.Mask(bytes, exact, out var all));
        Assert.Equal(Expected, Encoding.UTF8.GetString(exact, 0, all));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Overlapping_memory_is_refused(JsonMaskingEngine engine)
    {
        var memory = new byte[1000];
        JsonSamples.Utf8(Json).CopyTo(memory, 100);

        Assert.Throws<ArgumentException>(() => Create(engine).Mask(memory.AsSpan(100, Encoding.UTF8.GetByteCount(Json)), memory.AsSpan(0, 500), out _));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Ten_thousand_levels_are_too_deep_by_default_and_no_danger_on_request(JsonMaskingEngine engine)
    {
        const int Levels = 10_000;
        var deep = string.Concat(Enumerable.Repeat("{\"a\":[", Levels / 2)) + "{\"email\":\"jane@example.com\"}" + string.Concat(Enumerable.Repeat("]}", Levels / 2));
        var masked = $"{{\"email\":{deep}}}";
        foreach (var path in new[] { "email", "$..x.email", "$.email", "a[*].email" })
        {
            var byDefault = JsonSamples.Masker(engine, options => options.Mask(path, Mask.Hide));
            var onRequest = JsonSamples.Masker(engine, options => options.Mask(path, Mask.Hide).MaxDepth = Levels + 2);

            Assert.Contains("nested deeper", Assert.Throws<JsonMaskingException>(() => byDefault.Mask(deep)).Message, StringComparison.Ordinal);
            Assert.Throws<JsonMaskingException>(() => byDefault.Mask(masked));
            Assert.Equal(path is "email" or "a[*].email" ? deep.Replace("jane@example.com", "***", StringComparison.Ordinal) : deep, onRequest.Mask(deep));
            Assert.Equal(path is "email" or "$.email", onRequest.Mask(masked) == """{"email":"***"}""");
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_limit_of_depth_is_the_same_inside_a_masked_value(JsonMaskingEngine engine)
    {
        foreach (var path in new[] { "email", "$.email" })
        {
            var masker = JsonSamples.Masker(engine, options => options.Mask(path, Mask.Hide).MaxDepth = 3);

            Assert.Equal("""{"email":"***"}""", masker.Mask("""{"email":[[]]}"""));
            Assert.Throws<JsonMaskingException>(() => masker.Mask("""{"email":[[[]]]}"""));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_byte_order_mark_is_passed_on_and_invalid_text_is_not(JsonMaskingEngine engine)
    {
        var masker = Create(engine);

        Assert.Equal("\ufeff" + Expected, masker.Mask("\ufeff" + Json));
        Assert.Throws<JsonMaskingException>(() => masker.Mask("\ufeff\ufeff{}"));
        Assert.Throws<JsonMaskingException>(() => masker.Mask("{\"a\":\"" + (char)0xD800 + "\"}"));
        foreach (var json in new[] { "{\"a\":\"é\",\"b\":\"" + new string('é', 700) + "\"}", "{\"email\":\"é\"}", "{\"o\":[\"é\"]}" })
        {
            var bytes = JsonSamples.Utf8(json);
            for (var place = 0; place < bytes.Length; place++)
            {
                if (bytes[place] >= 0x80)
                {
                    var broken = bytes.ToArray();
                    broken[place] = 0xFF;
                    Assert.Null(JsonSamples.TryMask(masker, broken));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_document_above_the_limit_is_refused_in_every_form(JsonMaskingEngine engine)
    {
        var masker = JsonSamples.Masker(engine, options => options.Mask("email", Mask.Hide).MaxDocumentBytes = 1024);
        var json = $"{{\"a\":\"{new string('x', 2000)}\"}}";

        Assert.Equal(PrivacyErrorCode.DocumentTooLarge, Assert.Throws<JsonMaskingException>(() => masker.Mask(json)).Code);
        Assert.Throws<JsonMaskingException>(() => masker.Mask(JsonSamples.Utf8(json), new ArrayBufferWriter<byte>()));
        Assert.Throws<JsonMaskingException>(() => Through(masker, [JsonSamples.Utf8(json)[..9], JsonSamples.Utf8(json)[9..]]));
        Assert.Equal(OperationStatus.InvalidData, masker.Mask(JsonSamples.Utf8(json), new byte[5000], out _));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Canceling_ends_the_wait_for_a_pipe(JsonMaskingEngine engine)
    {
        using var cancellation = new CancellationTokenSource();
        var pipe = new Pipe();
        var task = Create(engine).MaskAsync(pipe.Reader, PipeWriter.Create(Stream.Null), cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData(" \"a\" ", true)]
    [InlineData("null", true)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("1,2", false)]
    [InlineData("{}{}", false)]
    [InlineData("{},", false)]
    [InlineData("[],\"email\":1", false)]
    [InlineData("{\"a\":1,}", false)]
    [InlineData("[1,]", false)]
    [InlineData("[,1]", false)]
    [InlineData("[1 2]", false)]
    [InlineData("{\"a\"1}", false)]
    [InlineData("{\"a\"::1}", false)]
    [InlineData("{:1}", false)]
    [InlineData("{\"email\":}", false)]
    [InlineData("{\"email\":,\"x\":1}", false)]
    [InlineData("{\"email\":tru}", false)]
    [InlineData("{\"email\":01}", false)]
    [InlineData("{\"email\":1.}", false)]
    [InlineData("{\"email\":\"a\nb\"}", false)]
    [InlineData("{\"email\":\"\\q\"}", false)]
    [InlineData("{\"email\":[1}", false)]
    [InlineData("{\"a\":\"x\ty\"}", false)]
    [InlineData("{\"a\":1]", false)]
    [InlineData("{\"email\":1:2}", false)]
    [InlineData("{\"a\":\\\"b\"}", false)]
    public void Both_engines_accept_or_refuse(string json, bool isAccepted)
    {
        foreach (var engine in Engines)
        {
            // brackets of the wrong kind are seen by the structural engine where it follows paths
            Assert.Equal(isAccepted, JsonSamples.TryMask(JsonSamples.Masker(engine.Data, options => options.Mask("$..a.x", Mask.Hide).Mask("email", Mask.Hide)), JsonSamples.Utf8(json)) is not null);
            Assert.True(isAccepted || json == "{\"a\":1]" || JsonSamples.TryMask(Create(engine.Data), JsonSamples.Utf8(json)) is null);
        }
    }

    private static JsonMasker Create(JsonMaskingEngine engine) =>
        JsonSamples.Masker(engine, options => options.Mask("email", Mask.Email).Mask("o", Mask.Hide));

    private static string Through(JsonMasker masker, byte[][] pieces)
    {
        var first = new Piece(pieces[0], null);
        var last = pieces.Skip(1).Aggregate(first, (before, bytes) => new Piece(bytes, before));
        var writer = new ArrayBufferWriter<byte>();
        masker.Mask(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length), writer);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    private static async Task<string> PipeAsync(JsonMasker masker, byte[][] pieces, CancellationToken ct)
    {
        var input = new Pipe(new PipeOptions(useSynchronizationContext: false, pauseWriterThreshold: 16, resumeWriterThreshold: 8));
        var output = new Pipe();
        var task = masker.MaskAsync(input.Reader, output.Writer, ct);
        foreach (var piece in pieces)
        {
            await input.Writer.WriteAsync(piece, ct);
        }

        await input.Writer.CompleteAsync();
        await task;
        await output.Writer.CompleteAsync();
        var result = await output.Reader.ReadAtLeastAsync(1000, ct);
        return Encoding.UTF8.GetString(result.Buffer.ToArray());
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? before)
        {
            Memory = bytes;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            if (before is not null)
            {
                before.Next = this;
            }
        }
    }
}
