using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Encryption;

public class DeterministicEncryptorTests : DeterministicEncryptorContract
{
    private const string Reason = "Duplicates must be found in a store that we do not run.";

    protected override IDeterministicEncryptor Create(KeyRing keys) => new DeterministicEncryptor(keys, new() { LeakageAccepted = Reason });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("true")]
    [InlineData("yes")]
    [InlineData("leakage accepted")]
    [InlineData("a b c d e f")]
    [InlineData("1 2 3 4 5 6 7")]
    public void Without_a_written_reason_there_is_no_deterministic_encryption(string? reason)
    {
        using var keys = TestKeys.Ring();

        var error = Assert.Throws<ArgumentException>(() => new DeterministicEncryptor(keys, new() { LeakageAccepted = reason }));

        Assert.Contains("LeakageAccepted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_without_one_form_for_a_value_is_refused_whatever_is_waived()
    {
        Assert.Throws<NotSupportedException>(() => new DeterministicField<float>("crm", "c", "f", 1_000_000, Reason));
        Assert.Throws<NotSupportedException>(() => new DeterministicField<double>("crm", "c", "f", 1_000_000, Reason));
        Assert.Throws<NotSupportedException>(() => new DeterministicField<decimal>("crm", "c", "f", 1_000_000, Reason));
        Assert.Throws<NotSupportedException>(() => new DeterministicField<DateTime>("crm", "c", "f", 1_000_000, Reason));
        Assert.Throws<NotSupportedException>(() => new DeterministicField<object>("crm", "c", "f", 1_000_000, Reason));
    }

    [Fact]
    public void A_type_with_few_values_needs_a_waiver_that_is_kept()
    {
        Assert.Throws<ArgumentException>(() => new DeterministicField<bool>("crm", "c", "f"));
        Assert.Throws<ArgumentException>(() => new DeterministicField<bool>("crm", "c", "f", 1_000_000));
        Assert.Throws<ArgumentException>(() => new DeterministicField<DateOnly>("crm", "c", "f", 1_000_000));
        Assert.Throws<ArgumentException>(() => new DeterministicField<KeyState>("crm", "c", "f", 1_000_000));
        Assert.Throws<ArgumentException>(() => new DeterministicField<bool>("crm", "c", "f", waiver: "ok"));

        Assert.Equal(Reason, new DeterministicField<bool>("crm", "c", "f", waiver: Reason).Waiver);
    }

    [Fact]
    public void A_field_states_how_many_values_it_takes_and_few_need_a_waiver()
    {
        Assert.Throws<ArgumentException>(() => new DeterministicField<string>("crm", "c", "f"));
        Assert.Throws<ArgumentException>(() => new DeterministicField<int>("crm", "c", "age"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeterministicField<string>("crm", "c", "country", 249));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeterministicField<string>("crm", "c", "f", DeterministicEncryptor.MinDistinctValues - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeterministicField<Guid>("crm", "c", "f", 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeterministicField<string>("crm", "c", "f", 0, Reason));

        Assert.Equal(DeterministicEncryptor.MinDistinctValues, new DeterministicField<string>("crm", "c", "f", DeterministicEncryptor.MinDistinctValues).DistinctValues);
        Assert.Equal(249, new DeterministicField<string>("crm", "c", "country", 249, Reason).DistinctValues);
    }

    [Fact]
    public void A_field_without_complete_names_is_refused()
    {
        foreach (var empty in (string?[])[null, "", new string('x', 129), "\ud800"])
        {
            Assert.ThrowsAny<ArgumentException>(() => new DeterministicField<Guid>(empty!, "c", "f"));
            Assert.ThrowsAny<ArgumentException>(() => new DeterministicField<Guid>("crm", empty!, "f"));
            Assert.ThrowsAny<ArgumentException>(() => new DeterministicField<Guid>("crm", "c", empty!));
        }
    }
}
