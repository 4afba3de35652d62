using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Entries of a name and a value, in whatever form they come.</summary>
internal static class LogPair
{
    /// <summary>How many places in the text of a pair are tried as the end of its key.</summary>
    private const int MaxSeparators = 32;

    private const int MaxName = 128;
    private const string Separator = ", ";

    private static readonly ConditionalWeakTable<Type, GroupingShape> Groupings = [];

    /// <summary>The entries of a collection that is known to hold nothing else; null for any other value.</summary>
    public static IEnumerable<KeyValuePair<string, object?>>? Entries(object value) => value switch
    {
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs,
        IEnumerable<KeyValuePair<string, string?>> pairs => Of(pairs),
        IEnumerable<KeyValuePair<string, StringValues>> pairs => Of(pairs),
        IEnumerable<KeyValuePair<string, JsonNode?>> pairs => Of(pairs),
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> pairs => Of(pairs),
        IDictionary entries => Items(entries).Select(entry => (DictionaryEntry)entry!).Select(Of),
        _ => null,
    };

    /// <summary>The items of a collection; of a dictionary its entries, for which it would give pairs of any type.</summary>
    public static IEnumerable<object?> Items(IEnumerable items)
    {
        // not what a dictionary gives as a sequence
        var enumerator = items is IDictionary dictionary ? dictionary.GetEnumerator() : items.GetEnumerator();
        using var disposable = enumerator as IDisposable;
        while (enumerator.MoveNext())
        {
            yield return enumerator.Current;
        }
    }

    /// <summary>Reads a pair of any type, or a group with its key.</summary>
    public static bool TryRead(object entry, LogKeys keys, out KeyValuePair<string, object?> pair)
    {
        KeyValuePair<string, object?>? read = entry switch
        {
            string => null,
            DictionaryEntry item => Of(item),
            KeyValuePair<string, object?> item => Of(item),
            KeyValuePair<string, string?> item => Of(item),
            KeyValuePair<string, StringValues> item => Of(item),
            KeyValuePair<string, JsonNode?> item => Of(item),
            KeyValuePair<string, IEnumerable<string>> item => Of(item),
            KeyValuePair<string, string[]> item => Of(item),
            KeyValuePair<object, object?> item => new(LogValues.Text(item.Key), item.Value),
            IEnumerable items => Group(items),
            _ => IsPair(entry.GetType()) ? Parse(entry.ToString() ?? "", keys) : null,
        };
        pair = read ?? default;
        return read is not null;
    }

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static KeyValuePair<string, object?> Of(DictionaryEntry entry) => new(LogValues.Text(entry.Key), entry.Value);

    private static KeyValuePair<string, object?> Of<TValue>(KeyValuePair<string, TValue> pair) => new(pair.Key ?? "", pair.Value);

    private static IEnumerable<KeyValuePair<string, object?>> Of<TValue>(IEnumerable<KeyValuePair<string, TValue>> pairs) => pairs.Select(Of);

    /// <summary>
    /// A pair of any other type, from its text: members of a type that the compiler did not see may have been trimmed. A key
    /// may hold the separator itself, so it ends where that makes a name with a rule of it.
    /// </summary>
    private static KeyValuePair<string, object?> Parse(string text, LogKeys keys)
    {
        var inner = text is ['[', .., ']'] ? text[1..^1] : text;
        var first = inner.IndexOf(Separator, StringComparison.Ordinal);
        if (first < 0)
        {
            return new("", new ValueText(inner));
        }

        var end = first;
        for (var (at, count) = (first, 0); at >= 0 && count < MaxSeparators; at = inner.IndexOf(Separator, at + 1, StringComparison.Ordinal), count++)
        {
            if (keys.Read(inner[Math.Max(0, at - MaxName)..at]) is not null)
            {
                end = at;
                break;
            }
        }

        return new(inner[..end], new ValueText(inner[(end + Separator.Length)..]));
    }

    private static KeyValuePair<string, object?>? Group(IEnumerable items)
    {
        if (items is IGrouping<object, object?> group)
        {
            return new(LogValues.Text(group.Key), Items(items));
        }

        // keys or values that are no references are found by no cast
        var shape = Groupings.GetValue(items.GetType(), ReadShape);
        if (!shape.IsGrouping)
        {
            return null;
        }

        try
        {
            return shape.Key?.GetValue(items) is { } key ? new(LogValues.Text(key), Items(items)) : new("", Withheld.NoKey);
        }
        catch (Exception fault) when (fault is NotSupportedException or InvalidOperationException or TargetInvocationException or MemberAccessException)
        {
            return new("", Withheld.NoKey);
        }
    }

    // an interface that a trimmer has removed is one that nobody uses; without its property the values are withheld
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Without the key the values are withheld.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Without the key the values are withheld.")]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(IGrouping<,>))]
    private static GroupingShape ReadShape(Type type) =>
        Array.Find(type.GetInterfaces(), type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IGrouping<,>)) is { } grouping
            ? new(true, grouping.GetProperty(nameof(IGrouping<,>.Key)))
            : new(false, null);

    private sealed record GroupingShape(bool IsGrouping, PropertyInfo? Key);

    /// <summary>The text of a value whose type is not known: its members are looked for, as in that of any object.</summary>
    private sealed class ValueText(string text)
    {
        public override string ToString() => text;
    }
}
