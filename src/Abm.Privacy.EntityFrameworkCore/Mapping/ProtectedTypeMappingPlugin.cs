using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.EntityFrameworkCore.Mapping;

/// <summary>Maps protected values to the provider's bytes, and ids of tenants and subjects to its text.</summary>
internal sealed class ProtectedTypeMappingPlugin(IServiceProvider services) : IRelationalTypeMappingSourcePlugin
{
    private static readonly Dictionary<Type, (ValueConverter Converter, ValueComparer? Comparer)> Conversions = new()
    {
        [typeof(Protected<string>)] = Of<string>(),
        [typeof(Protected<byte[]>)] = Of<byte[]>(),
        [typeof(Protected<int>)] = Of<int>(),
        [typeof(Protected<long>)] = Of<long>(),
        [typeof(Protected<decimal>)] = Of<decimal>(),
        [typeof(Protected<DateOnly>)] = Of<DateOnly>(),
        [typeof(Protected<DateTimeOffset>)] = Of<DateTimeOffset>(),
        [typeof(Protected<Guid>)] = Of<Guid>(),
        [typeof(TenantId)] = (new ValueConverter<TenantId, string>(id => id.Value, text => new TenantId(text)), null),
        [typeof(SubjectId)] = (new ValueConverter<SubjectId, string>(id => id.Value, text => new SubjectId(text)), null),
    };

    public RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo)
    {
        var type = mappingInfo.ClrType is { } clr ? Nullable.GetUnderlyingType(clr) ?? clr : null;
        if (type is null || !Conversions.TryGetValue(type, out var conversion))
        {
            return null;
        }

        // asked for late: the source itself is made of its plugins
        var source = services.GetRequiredService<IRelationalTypeMappingSource>();
        var provider = conversion.Converter.ProviderClrType;
        var mapping = mappingInfo.StoreTypeName is { } storeType ? source.FindMapping(provider, storeType) : source.FindMapping(provider);
        return (RelationalTypeMapping?)mapping?.WithComposedConverter(conversion.Converter, conversion.Comparer, conversion.Comparer);
    }

    private static (ValueConverter Converter, ValueComparer? Comparer) Of<T>()
        where T : notnull => (new ProtectedConverter<T>(), new ProtectedComparer<T>());
}
