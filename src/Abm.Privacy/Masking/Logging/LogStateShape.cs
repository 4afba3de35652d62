using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Masking.Logging;

/// <summary>
/// Whether a state holds texts, numbers and dates alone. Then the line says all there is, and values need not be read one
/// by one, which would box them.
/// </summary>
internal static class LogStateShape<TState>
{
    public static bool IsSimple { get; } = Read();

    // fields that a trimmer has removed hold nothing; a compiler that keeps no metadata at all makes no promise, so it is not asked
    [UnconditionalSuppressMessage("Trimming", "IL2090", Justification = "Without fields to look at the answer is no.")]
    private static bool Read()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported || !typeof(TState).IsValueType)
        {
            return false;
        }

        var fields = typeof(TState).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        return fields.Length > 0 && Array.TrueForAll(fields, field => IsSimpleType(field.FieldType));
    }

    private static bool IsSimpleType(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(Guid)
            || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan)
            || (type.IsClass && type.Assembly == typeof(ILogger).Assembly); // the parsed template
    }
}
