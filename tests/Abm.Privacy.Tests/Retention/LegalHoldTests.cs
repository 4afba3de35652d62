using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Retention;

namespace Abm.Privacy.Tests.Retention;

public class LegalHoldTests
{
    private static readonly DateTimeOffset Placed = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly RetentionRecord Record = new()
    {
        DataClass = new(DataClasses.Email),
        Tenant = new TenantId("t1"),
        Subject = new SubjectId("s1"),
        RecordId = "r1",
    };

    [Fact]
    public void A_hold_is_in_force_from_its_placing_until_its_release()
    {
        var hold = new LegalHold("h", "matter", Placed);
        var released = hold.Release(Placed.AddDays(1));

        Assert.Equal((false, true, true), (hold.Blocks(Record, Placed.AddTicks(-1)), hold.Blocks(Record, Placed), hold.Blocks(Record, DateTimeOffset.MaxValue)));
        Assert.Equal((true, false), (released.Blocks(Record, Placed.AddDays(1).AddTicks(-1)), released.Blocks(Record, Placed.AddDays(1))));
        Assert.Throws<ArgumentOutOfRangeException>(() => hold.Release(Placed.AddTicks(-1)));
    }

    [Theory]
    [InlineData("contact.email", true)]
    [InlineData("contact", true)]
    [InlineData("contact.email.private", true)] // the record may hold it
    [InlineData("contact.phone", false)]
    public void A_hold_on_a_class_covers_what_lies_above_and_below_it(string dataClass, bool covers) =>
        Assert.Equal(covers, new LegalHold("h", "m", Placed) { DataClasses = [new(dataClass)] }.Blocks(Record, Placed));

    [Theory]
    [InlineData("t1", "s1", "r1", true)]
    [InlineData("t2", "s1", "r1", false)]
    [InlineData("t1", "s2", "r1", false)]
    [InlineData("t1", "s1", "r2", false)]
    [InlineData(null, "s1", null, true)]
    [InlineData(null, null, "r2", false)]
    public void A_record_lies_in_a_hold_if_it_lies_in_every_stated_scope(string? tenant, string? subject, string? record, bool covers)
    {
        var hold = new LegalHold("h", "m", Placed)
        {
            Tenant = tenant is null ? null : new TenantId(tenant),
            Subjects = subject is null ? [] : [new SubjectId(subject)],
            RecordIds = record is null ? [] : [record],
        };

        Assert.Equal(covers, hold.Blocks(Record, Placed));
        Assert.Equal(covers, hold.Release(Placed.AddDays(1)).Blocks(Record, Placed)); // a release changes no scope
    }

    [Fact]
    public void A_fact_that_the_record_does_not_state_counts_as_covered()
    {
        var hold = new LegalHold("h", "m", Placed) { Tenant = new TenantId("t2"), Subjects = [new SubjectId("s2")], RecordIds = ["r2"], DataClasses = [new("payment")] };

        Assert.True(hold.Blocks(new RetentionRecord { DataClass = DataClass.Unknown }, Placed));
        Assert.False(hold.Blocks(Record, Placed));
    }

    [Fact]
    public void A_fact_that_was_never_set_counts_as_not_stated()
    {
        var unset = new RetentionRecord { DataClass = new(DataClasses.Email), Tenant = default(TenantId), Subject = default(SubjectId), RecordId = " " };

        Assert.True(new LegalHold("h", "m", Placed) { Tenant = new TenantId("t1") }.Blocks(unset, Placed));
        Assert.True(new LegalHold("h", "m", Placed) { Subjects = [new SubjectId("s1")] }.Blocks(unset, Placed));
        Assert.True(new LegalHold("h", "m", Placed) { RecordIds = ["r1"] }.Blocks(unset, Placed));
    }

    [Fact]
    public void A_hold_refuses_a_scope_that_would_cover_nothing()
    {
        Assert.Throws<ArgumentException>(() => new LegalHold("h", "m", Placed) { Tenant = default(TenantId) });
        Assert.Throws<ArgumentException>(() => new LegalHold("h", "m", Placed) { DataClasses = [DataClass.Unknown] });
        Assert.Throws<ArgumentException>(() => new LegalHold("h", "m", Placed) { Subjects = [new SubjectId("s1"), default] });
        Assert.Throws<ArgumentException>(() => new LegalHold("h", "m", Placed) { RecordIds = new HashSet<string> { "r1", "" } });
        Assert.Throws<ArgumentNullException>(() => new LegalHold("h", "m", Placed) { Subjects = null! });
    }
}
