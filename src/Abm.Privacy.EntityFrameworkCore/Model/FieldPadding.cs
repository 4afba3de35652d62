using System.Reflection;
using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>How the lengths of protected properties are hidden: as the fluent model says, else the nearest attribute.</summary>
internal static class FieldPadding
{
    /// <summary>Settles it for a model that is being finished.</summary>
    public static void Complete(IReadOnlyList<ProtectedPlace> places, List<string> faults)
    {
        foreach (var place in places)
        {
            var bucket = place.Property.FindAnnotation(PrivacyAnnotations.Padding)?.Value as int? ?? place.Path.Reverse().Select(BucketOf).FirstOrDefault(bucket => bucket != 0);
            if (bucket is not 0 and (< 2 or > Padding.MaxBucket))
            {
                faults.Add($"{place.Text} is padded to multiples of {bucket} bytes. Use from 2 to {Padding.MaxBucket}.");
            }
            else if (bucket != 0)
            {
                ((IConventionProperty)place.Property).SetAnnotation(PrivacyAnnotations.Padding, bucket);
            }
        }
    }

    /// <summary>The padding in a finished model.</summary>
    public static Padding Of(IReadOnlyProperty property) =>
        property.FindAnnotation(PrivacyAnnotations.Padding)?.Value is int bucket and not 0 ? Padding.ToMultipleOf(bucket) : Padding.None;

    private static int BucketOf(IReadOnlyPropertyBase member) =>
        ((MemberInfo?)member.PropertyInfo ?? member.FieldInfo)?.GetCustomAttribute<ProtectedFieldAttribute>()?.PadToMultipleOf ?? 0;
}
