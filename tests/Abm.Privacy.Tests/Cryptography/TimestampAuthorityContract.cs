using Abm.Privacy.Cryptography;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Cryptography;

/// <summary>What every <see cref="ITimestampAuthority"/> keeps.</summary>
public abstract class TimestampAuthorityContract
{
    protected static DateTimeOffset Time { get; } = TestCertificates.Now.AddMinutes(7);

    [Fact]
    public async Task Bytes_are_stamped_by_the_authority_behind_it()
    {
        byte[] content = [1, 2, 3];

        var token = await Timestamp.RequestAsync(Create(), content, [TestTimestampAuthority.Certificate], CancellationToken.None);

        Assert.Equal(Time, Timestamp.Verify(token, content, TestTimestampAuthority.Certificate));
    }

    [Fact]
    public async Task A_cancelled_request_is_cancelled()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Timestamp.RequestAsync(Create(), new byte[1], [TestTimestampAuthority.Certificate], new CancellationToken(canceled: true)));
    }

    /// <summary>An authority that answers as <see cref="TestTimestampAuthority"/> at <see cref="Time"/> does.</summary>
    protected abstract ITimestampAuthority Create();
}
