using System.Globalization;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Keyed;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>What happens to the values of a column. A rule that cannot mask a value refuses it; it never hands it back.</summary>
internal abstract class ColumnRule
{
    public static ColumnRule Kept { get; } = new Keep();

    public static ColumnRule Erased { get; } = new Erase();

    /// <summary>What is said in a plan; without any value.</summary>
    public abstract string Treatment { get; }

    /// <summary>What the rule makes of a fixed input: another key gives another text.</summary>
    public virtual string Fingerprint => "";

    /// <summary>The column whose value decides, where it is not the masked one itself.</summary>
    public string? Of { get; init; }

    public virtual bool ShowsClearValues => false;

    public virtual bool TakesNull => false;

    /// <summary>Whether values of a type can be masked.</summary>
    public abstract bool Takes(Type type);

    /// <summary>Masks a value as the database stores it.</summary>
    /// <param name="value">The value; never null unless <see cref="TakesNull"/>.</param>
    /// <param name="deciding">The text of the column that decides; null if that is the value itself.</param>
    /// <returns>The masked value; null for none.</returns>
    public abstract object? Apply(object value, string? deciding);

    public static ColumnRule Mask<TMask>(TMask mask, string? of)
        where TMask : struct, IMask => new Text(text => Privacy.Masking.Mask.Apply(text, mask), "masked by " + typeof(TMask).Name, typeof(TMask).FullName!) { Of = of };

    public static ColumnRule ByClass(IMasker masker, DataClass dataClass) =>
        new Text(text => masker.Mask(dataClass, text), "masked by class " + dataClass.Name, masker.GetType().FullName!);

    public static ColumnRule Dates(DateShift shift, string subject) => new DateRule(shift) { Of = subject };

    public static ColumnRule Numbers(NumberNoise noise, string subject) => new NumberRule(noise) { Of = subject };

    private static PrivacyException Unmaskable(string treatment) => new(
        PrivacyErrorCode.MaskedCopyRefused,
        $"A value cannot be {treatment}, and its column takes no null to stand for it. Nothing was copied. Give the column another mask, or mend the value in the source.");

    private sealed class Keep : ColumnRule
    {
        public override string Treatment => "kept";

        public override bool ShowsClearValues => true;

        public override bool Takes(Type type) => true;

        public override object? Apply(object value, string? deciding) => value;
    }

    private sealed class Erase : ColumnRule
    {
        public override string Treatment => "erased";

        public override bool TakesNull => true;

        public override bool Takes(Type type) => true;

        public override object? Apply(object value, string? deciding) => null;
    }

    private sealed class Text(Func<string, string> mask, string treatment, string identity) : ColumnRule
    {
        /// <summary>One text or more of every kind that a mask tells apart, so that another mask or parameter makes something else of one of them.</summary>
        private static readonly string[] Samples =
        [
            "104729", "jane.doe@example.com", "x@y.example", "4111 1111 1111 1111", "378282246310005", "DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19",
            "+49 30 1234567", "030 1234567", "Jane Doe", "Johann Sebastian Bach", "Jos\u00E9 \u6771\u4EAC", "Unter den Linden 5, 10117 Berlin", "SW1A 1AA", "10117", "1980-05-04", "04.05.1980",
            "2024-02-29T08:15:30Z", "192.0.2.17", "2001:db8:1:2::17", "https://user@example.com:8080/a/b?c=d#e", "-1234.56", "1,234,567.891", "0f8fad5b-d9cb-469f-a165-70867728950e", "a", "ab12",
            "abcdefghijklmnopqrstuvwxyz0123456789", "The quick brown fox jumps over the lazy dog, and then it writes to jane.doe@example.com.",
        ];

        public override string Treatment => Of is null ? treatment : $"{treatment} of {Of}";

        public override string Fingerprint => string.Join('\n', Samples.Select(mask).Prepend(identity));

        public override bool Takes(Type type) => type == typeof(string);

        public override object? Apply(object value, string? deciding) => mask(deciding ?? (string)value);
    }

    private sealed class DateRule(DateShift shift) : ColumnRule
    {
        private static readonly SubjectId Nobody = new("nobody");

        public override string Treatment => string.Create(CultureInfo.InvariantCulture, $"shifted by {shift.EarliestDays} to {shift.LatestDays} days of {Of}");

        public override string Fingerprint
        {
            get
            {
                shift.For(Nobody).TryShift(new DateOnly(2000, 1, 1), out var date);
                return date.ToString("O", CultureInfo.InvariantCulture);
            }
        }

        public override bool Takes(Type type) => type == typeof(string) || type == typeof(DateOnly) || type == typeof(DateTime) || type == typeof(DateTimeOffset);

        public override object? Apply(object value, string? deciding)
        {
            var mask = shift.For(new SubjectId(deciding!));
            return value switch
            {
                string text => Privacy.Masking.Mask.Apply(text, mask),
                DateOnly date when mask.TryShift(date, out var shifted) => shifted,
                DateTime date when mask.TryShift(date, out var shifted) => shifted,
                DateTimeOffset date when mask.TryShift(date, out var shifted) => shifted,
                _ => null,
            };
        }
    }

    private sealed class NumberRule(NumberNoise noise) : ColumnRule
    {
        public override string Treatment => string.Create(CultureInfo.InvariantCulture, $"noise of up to {noise.Amount} ({(noise.IsRelative ? "relative" : "absolute")}) of {Of}");

        public override string Fingerprint => noise.For(new SubjectId("nobody")).TryMask(1_000_000, 6, out var masked) ? masked.ToString(CultureInfo.InvariantCulture) : "";

        public override bool Takes(Type type) => type == typeof(string) || type == typeof(decimal) || type == typeof(int) || type == typeof(long) || type == typeof(short);

        public override object? Apply(object value, string? deciding)
        {
            var mask = noise.For(new SubjectId(deciding!));
            if (value is string text)
            {
                return Privacy.Masking.Mask.Apply(text, mask);
            }

            var number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
            return !mask.TryMask(number, Math.Min(number.Scale, (byte)9), out var masked) ? null : value switch
            {
                decimal => masked,
                int when masked is >= int.MinValue and <= int.MaxValue => (int)masked,
                long when masked is >= long.MinValue and <= long.MaxValue => (long)masked,
                short when masked is >= short.MinValue and <= short.MaxValue => (short)masked,
                _ => null,
            };
        }
    }

    /// <summary>Masks a value for a column; refused where nothing stands for it.</summary>
    public object? ApplyTo(object? value, string? deciding, bool isNullable, bool mustDiffer)
    {
        var masked = value is null && !TakesNull ? null : Apply(value!, deciding);
        if ((value is not null && masked is null && !isNullable) || (mustDiffer && masked is "***"))
        {
            throw Unmaskable(Treatment);
        }

        return masked;
    }
}
