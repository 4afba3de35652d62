using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking;

namespace Abm.Privacy.Tests.Masking;

/// <summary>Runs alone: the runtime optimizes code only after a moment in which no new code is compiled.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    public static TheoryData<Type> Contracts => [.. MaskConventions.Contracts];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_mask_masks_spans_without_allocation(Type contract) =>
        ((IMaskContract)Activator.CreateInstance(contract)!).MasksWithoutAllocation();

    [Fact]
    public void A_masker_masks_spans_without_allocation()
    {
        var masker = new Masker();
        DataClass[] classes = [new("contact.email.private.old"), new(DataClasses.AccountName), new("some.other.thing"), default];
        var chars = new char[64];
        var bytes = new byte[64];
        var utf8 = "jane.doe@example.com"u8.ToArray();
        Allocations.None(() =>
        {
            foreach (var dataClass in classes)
            {
                masker.TryMask(dataClass, "jane.doe@example.com", chars, out _);
                masker.TryMask(dataClass, utf8, bytes, out _);
            }
        });
    }

    [Fact]
    public void A_json_masker_masks_spans_without_allocation()
    {
        var document = "{\"user\":{\"e\\u006dail\":\"jane@example.com\",\"phone\":123},\"items\":[{\"card\":\"4111 1111 1111 1111\"}]}"u8.ToArray();
        var destination = new byte[500];
        foreach (var engine in new[] { Abm.Privacy.Masking.Json.JsonMaskingEngine.Validating, Abm.Privacy.Masking.Json.JsonMaskingEngine.Structural })
        {
            var options = new Abm.Privacy.Masking.Json.JsonMaskingOptions { Engine = engine }.Mask("email", Mask.Email).Mask("phone", Mask.Phone);
            var names = new Abm.Privacy.Masking.Json.JsonMasker(options);
            var paths = new Abm.Privacy.Masking.Json.JsonMasker(options.Mask("items[*].card", Mask.PaymentCard));
            Allocations.None(() =>
            {
                names.Mask(document, destination, out _);
                paths.Mask(document, destination, out _);
            });
        }
    }

    [Fact]
    public void A_lazy_value_is_formatted_into_a_buffer_without_allocation()
    {
        var chars = new char[64];
        var bytes = new byte[64];
        Allocations.None(() =>
        {
            var card = Mask.Lazy("4111 1111 1111 1111", Mask.PaymentCard);
            chars.AsSpan().TryWrite(CultureInfo.InvariantCulture, $"mail to {Mask.Lazy("jane.doe@example.com", Mask.Email)} ({card})", out _);
            Utf8.TryWrite(bytes, CultureInfo.InvariantCulture, $"mail to {Mask.Lazy("jane.doe@example.com", Mask.Email)} ({card})", out _);
        });
        Assert.StartsWith("mail to j***@example.com (4111 11** **** 1111)", new string(chars), StringComparison.Ordinal);
        Assert.StartsWith("mail to j***@example.com (4111 11** **** 1111)", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }
}
