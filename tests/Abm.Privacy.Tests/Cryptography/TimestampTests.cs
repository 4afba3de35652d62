using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Cryptography;

public class TimestampTests
{
    private static readonly DateTimeOffset Then = TestCertificates.Now.AddHours(3);
    private static readonly byte[] Content = [.. "{\"receipt\":1}"u8];

    [Fact]
    public async Task A_token_says_when_the_authority_saw_the_bytes()
    {
        var token = await StampAsync(new TestTimestampAuthority(Then));

        Assert.Equal(Then, Timestamp.Verify(token, Content, TestTimestampAuthority.Certificate));
    }

    [Fact]
    public async Task A_token_is_over_exactly_the_bytes_that_were_stamped()
    {
        var token = await StampAsync(new TestTimestampAuthority(Then));

        Assert.Equal(PrivacyErrorCode.TimestampInvalid, Fail(token, [.. Content, 0], TestTimestampAuthority.Certificate));
    }

    [Fact]
    public async Task A_token_by_another_authority_than_the_pinned_one_is_refused()
    {
        using var other = TestTimestampAuthority.CreateCertificate("time-stamp authority");

        await RefusedAsync(new TestTimestampAuthority(Then) { Signer = other });

        var token = await Timestamp.RequestAsync(new TestTimestampAuthority(Then) { Signer = other }, Content, [other], CancellationToken.None);
        Assert.Equal(PrivacyErrorCode.TimestampInvalid, Fail(token, Content, TestTimestampAuthority.Certificate));
        Assert.Equal(PrivacyErrorCode.TimestampInvalid, Fail(token, Content));
    }

    [Fact]
    public async Task An_authority_that_refuses_or_lies_is_an_error()
    {
        await RefusedAsync(new TestTimestampAuthority(Then) { Status = 2 });
        await RefusedAsync(new TestTimestampAuthority(Then) { Hash = hash => [.. hash.Select(one => (byte)(one ^ 1))] });
        await RefusedAsync(new TestTimestampAuthority(Then) { Nonce = nonce => [.. nonce[..^1], (byte)(nonce[^1] ^ 1)] });
        await RefusedAsync(new TestTimestampAuthority(TestCertificates.Now.AddYears(5))); // its certificate is not valid then
    }

    [Fact]
    public async Task A_certificate_that_is_not_for_time_stamps_stamps_nothing()
    {
        using var server = TestTimestampAuthority.CreateCertificate("web server", "1.3.6.1.5.5.7.3.1");
        var authority = new TestTimestampAuthority(Then) { Signer = server };

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await Timestamp.RequestAsync(authority, Content, [server], CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.TimestampInvalid, error.Code);
    }

    [Fact]
    public async Task An_answer_that_is_no_response_is_an_error()
    {
        var whole = new Replay(request => new TestTimestampAuthority(Then).Answer(request));
        Assert.NotEmpty(await StampAsync(whole));
        foreach (var change in (Func<byte[], byte[]>[])[_ => [], _ => [0x30, 0x00], bytes => bytes[..^1], bytes => [.. bytes, 0], _ => [.. "<html>"u8]])
        {
            await RefusedAsync(new Replay(request => change(new TestTimestampAuthority(Then).Answer(request))));
        }
    }

    [Fact]
    public async Task An_answer_to_another_request_is_refused()
    {
        byte[]? first = null;
        var replay = new Replay(request => first ??= new TestTimestampAuthority(Then).Answer(request));
        await StampAsync(replay);

        await RefusedAsync(replay);
    }

    [Fact]
    public async Task A_flipped_bit_of_a_token_never_moves_its_time_or_content()
    {
        var token = await StampAsync(new TestTimestampAuthority(Then));
        var refused = 0;
        for (var bit = 0; bit < token.Length * 8; bit += 7)
        {
            token[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                // the platform leaves some bytes outside the signature unread, such as the list of digest algorithms
                Assert.Equal(Then, Timestamp.Verify(token, Content, TestTimestampAuthority.Certificate));
            }
            catch (PrivacyException error) when (error.Code == PrivacyErrorCode.TimestampInvalid)
            {
                refused++;
            }

            token[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(refused > token.Length / 2, $"{refused} of {token.Length * 8 / 7}");
    }

    private static ValueTask<byte[]> StampAsync(ITimestampAuthority authority) =>
        Timestamp.RequestAsync(authority, Content, [TestTimestampAuthority.Certificate], CancellationToken.None);

    private static async Task RefusedAsync(ITimestampAuthority authority) =>
        Assert.Equal(PrivacyErrorCode.TimestampInvalid, (await Assert.ThrowsAsync<PrivacyException>(async () => await StampAsync(authority))).Code);

    private static PrivacyErrorCode Fail(byte[] token, byte[] content, params X509Certificate2[] pinned) =>
        Assert.Throws<PrivacyException>(() => Timestamp.Verify(token, content, pinned)).Code;

    private sealed class Replay(Func<ReadOnlyMemory<byte>, byte[]> answer) : ITimestampAuthority
    {
        public ValueTask<byte[]> StampAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken) => ValueTask.FromResult(answer(request));
    }
}
