using System.Globalization;
using Abm.Privacy.Masking.Keyed;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Masking.Keyed;

public class TokenMaskContract : MaskContract<TokenMask>
{
    protected override IReadOnlyList<TokenMask> Masks { get; } =
    [
        default, new(TestMaskingKey.Shared, "contact.email"), new(TestMaskingKey.Shared, "contact.email", MaskNormalization.IgnoreCase),
        new(TestMaskingKey.Create(version: 12345), new string('f', 128)),
    ];

    protected override IReadOnlyList<string> Values =>
        ["jane.doe@example.com", "J", " jane ", "\u1E9E\u0130\u212A\u023A", "\u6F22\u5B57", " ", new('x', 400), new('\u00E9', 700)];

    protected override void ShowsNoMoreThanItStates(TokenMask mask, string value, string masked) => Assert.Matches(@"^(\*\*\*|t\d+_[0-9a-f]{32})?$", masked);
}

public class FakeMaskContract : MaskContract<FakeMask>
{
    protected override IReadOnlyList<FakeMask> Masks { get; } =
    [
        default,
        new(TestMaskingKey.Shared, "person.name", FakeTemplate.PersonName),
        new(TestMaskingKey.Shared, "person.name", FakeTemplate.PersonName, FakeUniqueness.Suffixed, MaskNormalization.Exact),
        new(TestMaskingKey.Shared, "person.name", FakeTemplate.LongPersonName, FakeUniqueness.Numbered),
        new(TestMaskingKey.Shared, "contact.email", FakeTemplate.Email, FakeUniqueness.Suffixed),
        new(TestMaskingKey.Shared, "word", new FakeTemplate("greek", "\u00AB{0}\u00BB", new FakeWordList("greek", 1, ["\u03B1\u03BB\u03C6\u03B1", "\u03B2\u03AE\u03C4\u03B1", "\U0001F600"]))),
    ];

    protected override IReadOnlyList<string> Values =>
        ["Jane Doe", "jane.doe@example.com", "4711", "0", "007", "1599999999", "1600000000", "-1", "\u1E9E\u0130\u212A", " ", new('x', 600)];

    protected override void ShowsNoMoreThanItStates(FakeMask mask, string value, string masked) => Assert.Matches(
        @"^(\*\*\*|[A-Z][a-z]+ [A-Z][a-z]+(-[0-9a-f]{32})?|[A-Z][a-z]+ [A-Z][a-z]+ [A-Z][a-z]+-[A-Z][a-z]+|[a-z]+\.[a-z]+\.\d{4}-[0-9a-f]{32}@example\.com|\u00AB.+\u00BB)?$", masked);
}

public class FormatPreservingMaskContract : MaskContract<FormatPreservingMask>
{
    protected override IReadOnlyList<FormatPreservingMask> Masks { get; } =
    [
        default, new(TestMaskingKey.Shared, "contact.phone"), new(TestMaskingKey.Shared, "id", "0123456789abcdefghijklmnopqrstuvwxyz", "-"),
        new(TestMaskingKey.Shared, "flag", "01", ""),
    ];

    protected override IReadOnlyList<string> Values =>
        ["+49 170 1234567", "123456", "12345", "0101010101010101010101", "customer-70215", new('7', 56), new('7', 57), "1 2 3 4 5 6", new(' ', 300)];

    protected override void ShowsNoMoreThanItStates(FormatPreservingMask mask, string value, string masked)
    {
        if (masked is "***" or "")
        {
            return;
        }

        Assert.True(mask.TryUnmask(masked, out var clear));
        Assert.Equal(value, clear);
        Assert.All(value.Zip(masked), pair => Assert.Equal(char.IsAsciiLetterOrDigit(pair.First), char.IsAsciiLetterOrDigit(pair.Second)));
        Assert.All(value.Zip(masked).Where(pair => !char.IsAsciiLetterOrDigit(pair.First)), pair => Assert.Equal(pair.First, pair.Second));
    }
}

public class DateShiftMaskContract : MaskContract<DateShiftMask>
{
    protected override IReadOnlyList<DateShiftMask> Masks { get; } =
    [
        default, new DateShift(TestMaskingKey.Shared, "dates").For(TestKeys.Jane), new DateShift(TestMaskingKey.Shared, "dates", -36_525, -1).For(TestKeys.Omar),
    ];

    protected override IReadOnlyList<string> Values =>
    [
        "2024-02-29", "2024-02-29T08:15:00Z", "2024-02-29 08:15", "2024-02-29T08:15:00.123456789+14:00", "9999-12-31", "0001-01-01", "2023-02-29", "29.02.2024", "2024-02-29T24:00",
    ];

    protected override void ShowsNoMoreThanItStates(DateShiftMask mask, string value, string masked)
    {
        if (masked is not ("***" or ""))
        {
            var clear = DateOnly.ParseExact(value[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.NotEqual(clear, DateOnly.ParseExact(masked[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture));
            Assert.Equal(value[10..], masked[10..]);
        }
    }
}

public class NoiseMaskContract : MaskContract<NoiseMask>
{
    protected override IReadOnlyList<NoiseMask> Masks { get; } =
    [
        default,
        NumberNoise.Absolute(TestMaskingKey.Shared, "salary", 1000).For(TestKeys.Jane),
        NumberNoise.Absolute(TestMaskingKey.Shared, "salary", 1_000_000_000_000_000_000).For(TestKeys.Omar),
        NumberNoise.Relative(TestMaskingKey.Shared, "salary", 0.1m, min: 0, max: 99.5m).For(TestKeys.Jane),
    ];

    protected override bool KeepsOrHidesLength => false;

    protected override IReadOnlyList<string> Values =>
        ["52000", "52000.00", "-1.5", "0", "-0.000000001", "999999999999999999.999999999", "-999999999999999999.999999999", "1000000000000000000", "007", "1.", ".5", "+5", "1e3", "1,000"];

    protected override void ShowsNoMoreThanItStates(NoiseMask mask, string value, string masked) => Assert.Matches(@"^(\*\*\*|-?(0|[1-9]\d*)(\.\d{1,9})?)?$", masked);
}
