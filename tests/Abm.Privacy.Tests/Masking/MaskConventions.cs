using Abm.Privacy.Masking;

namespace Abm.Privacy.Tests.Masking;

public class MaskConventions
{
    public static IReadOnlyList<Type> Contracts { get; } =
        [.. typeof(MaskConventions).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IMaskContract)))];

    [Fact]
    public void Every_mask_of_the_library_has_a_contract_and_is_a_readonly_struct()
    {
        var covered = Contracts.Select(contract => contract.BaseType!.GetGenericArguments()[0]).ToHashSet();
        var masks = typeof(IMask).Assembly.GetTypes().Where(type => type != typeof(IMask) && type.IsAssignableTo(typeof(IMask))).ToList();

        Assert.True(masks.Count >= 15, "The masks were not found.");
        Assert.All(masks, mask => Assert.Contains(mask, covered));
        Assert.All(masks, mask => Assert.Contains(mask.GetCustomAttributes(false), attribute => attribute.GetType().Name == "IsReadOnlyAttribute"));
    }
}
