using Abm.Privacy.Classification;
using Abm.Privacy.Masking;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The code of docs/masking.md, compiled and run. <see cref="DocsTests"/> compares the two, line by line.</summary>
public class MaskingDocsSnippets
{
    [Fact]
    public void Use()
    {
        Span<byte> utf8 = stackalloc byte[16];

        #region masking-use
        string card = Mask.Apply("4111 1111 1111 1111", Mask.PaymentCard);                // 4111 11** **** 1111
        string line = $"visit from {Mask.Lazy("192.0.2.55", Mask.IpAddress)}";            // visit from 192.0.2.0
        bool fits = Mask.Date(DatePrecision.Year).TryMask("1984-07-15"u8, utf8, out int written);
        string number = Mask.Apply("customer-70215", new KeepMask(0, 4) { MaskLength = 1, MaskCharacter = '#' });   // #0215
        #endregion

        Assert.Equal("4111 11** **** 1111", card);
        Assert.Equal("visit from 192.0.2.0", line);
        Assert.True(fits);
        Assert.Equal("1984"u8, utf8[..written]);
        Assert.Equal("#0215", number);
    }

    [Fact]
    public void Options()
    {
        var services = new ServiceCollection();

        #region masking-options
        services.AddAbmPrivacy(privacy => privacy.AddMasking(options =>
        {
            options.Classes[DataClasses.IpAddress] = "ip-address:16,32";
            options.Classes[DataClasses.BirthDate] = "date:year";
            options.Classes[DataClasses.Postcode] = "postcode:DE";
            options.Classes["crm.revenue"] = "bucket:10000";
            options.Classes["crm.remark"] = "null";
            options.Use(new DataClass("crm.number"), new PlateMask());
        }));
        #endregion

        using var provider = services.BuildServiceProvider();
        var masker = provider.GetRequiredService<IMasker>();
        Assert.Equal("192.0.0.0", masker.Mask(new DataClass(DataClasses.IpAddress), "192.0.2.55"));
        Assert.Equal("1984", masker.Mask(new DataClass(DataClasses.BirthDate), "1984-07-15"));
        Assert.Equal("10***", masker.Mask(new DataClass(DataClasses.Postcode), "10115"));
        Assert.Equal("50000..59999", masker.Mask(new DataClass("crm.revenue"), "52340"));
        Assert.Equal("", masker.Mask(new DataClass("crm.remark"), "anything"));
        Assert.Equal("[plate]", masker.Mask(new DataClass("crm.number"), "B-AB 1234"));
    }

    #region masking-own
    /// <summary>Shows nothing of a number plate but that there is one.</summary>
    internal readonly struct PlateMask : IMask
    {
        public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic;

        private static readonly ConstantMask Label = new("[plate]");

        public int GetMaxLength(int sourceLength) => Label.GetMaxLength(sourceLength);

        public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
            Label.TryMask(source, destination, out charsWritten);

        public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
            Label.TryMask(utf8, destination, out bytesWritten);
    }
    #endregion
}
