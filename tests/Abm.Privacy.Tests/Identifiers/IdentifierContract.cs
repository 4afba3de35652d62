using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Identifiers;

/// <summary>What every identifier promises. A new identifier derives from it, or the coverage test below fails.</summary>
public abstract partial class IdentifierContract<T>
    where T : struct, IIdentifier, IEquatable<T>
{
    /// <summary>Inputs and normal forms of the frozen table.</summary>
    protected abstract IEnumerable<(string Input, string Normal)> Accepted { get; }

    protected abstract IEnumerable<string> Refused { get; }

    protected virtual bool IsPersonal => true;

    protected abstract T Parse(string text);

    protected abstract bool TryParse(string? text, out T value);

    [Fact]
    public void The_frozen_table_holds_at_least_thirty_rows() =>
        Assert.True(Accepted.Count() + Refused.Count() >= 30 && Refused.Count() >= 10);

    [Fact]
    public void Every_row_of_the_frozen_table_has_its_normal_form() =>
        Assert.Multiple([.. Accepted.Select(row => (Action)(() => Assert.Equal((row.Input, row.Normal), (row.Input, Parse(row.Input).Value))))]);

    [Fact]
    public void Every_refused_row_is_refused_without_the_text_in_the_message() =>
        Assert.Multiple([.. Refused.Select(text => (Action)(() =>
        {
            Assert.False(TryParse(text, out var value), text);
            Assert.Equal(default, value);
            var error = Assert.Throws<PrivacyException>(() => Parse(text));
            Assert.Equal(PrivacyErrorCode.IdentifierInvalid, error.Code);
            Assert.True(text.Trim().Length < 6 || !error.ToString().Contains(text.Trim(), StringComparison.OrdinalIgnoreCase), text);
        }))]);

    [Fact]
    public void A_normal_form_is_its_own_normal_form() =>
        Assert.All(Accepted, row => Assert.Equal(row.Normal, Parse(row.Normal).Value));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("az-Latn-AZ")]
    [InlineData("lt-LT")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void The_current_culture_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Every_row_of_the_frozen_table_has_its_normal_form();
            Every_refused_row_is_refused_without_the_text_in_the_message();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_unset_value_throws_and_null_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => default(T).Value);
        Assert.Throws<ArgumentNullException>(() => Parse(null!));
        Assert.False(TryParse(null, out _));
        Assert.Equal(0, default(T).GetHashCode());
    }

    [Fact]
    public void Equality_is_that_of_the_normal_form()
    {
        var values = Accepted.Select(row => Parse(row.Input)).ToList();
        Assert.All(values, value => Assert.True(value.Equals((object)Parse(value.Value)) && value.GetHashCode() == Parse(value.Value).GetHashCode()));
        Assert.Equal(Accepted.Select(row => row.Normal).Distinct(StringComparer.Ordinal).Count(), values.Distinct().Count());
        Assert.DoesNotContain(default, values);
    }

    [Fact]
    public void The_normalizer_is_named_after_the_type_with_a_version() =>
        Assert.True(T.Normalizer.StartsWith(T.IdentifierType + "-v", StringComparison.Ordinal) && VersionedName().IsMatch(T.Normalizer));

    [Fact]
    public void A_personal_value_is_shown_by_no_text_debugger_or_JSON()
    {
        if (!IsPersonal)
        {
            return;
        }

        var value = Parse(Accepted.First().Input);
        var placeholder = $"[{T.IdentifierType}]";
        Assert.Equal(placeholder, value.ToString());
        Assert.Equal(JsonSerializer.Serialize(placeholder), JsonSerializer.Serialize(value));
        Assert.DoesNotContain(value.Value, JsonSerializer.Serialize(new { Nested = (T?)value, Boxed = (object)value, List = new[] { value } }), StringComparison.Ordinal);
        Assert.Contains(typeof(T).Name, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<T>($"\"{value.Value}\"")).Message, StringComparison.Ordinal);

        Assert.Equal("{ToString(),nq}", typeof(T).GetCustomAttribute<DebuggerDisplayAttribute>()?.Value);
        var shown = typeof(T).GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(member => member is FieldInfo { FieldType: var field } && field == typeof(string) || member is PropertyInfo { PropertyType: var type } && type != typeof(bool))
            .Where(member => member.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never);
        Assert.Empty(shown);
    }

    [GeneratedRegex("^[a-z]+-v[1-9][0-9]*$")]
    private static partial Regex VersionedName();
}
