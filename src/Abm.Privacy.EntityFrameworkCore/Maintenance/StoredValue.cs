using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>Reads a column in the type that Entity Framework Core reads it in, before any conversion.</summary>
internal static class StoredValue
{
    public static Func<DbDataReader, int, object> ReaderOf(RelationalTypeMapping mapping)
    {
        var (reader, ordinal) = (Expression.Parameter(typeof(DbDataReader)), Expression.Parameter(typeof(int)));
        var method = mapping.GetDataReaderMethod();
        var instance = method.DeclaringType!.IsAssignableFrom(typeof(DbDataReader)) ? (Expression)reader : Expression.Convert(reader, method.DeclaringType);
        return Expression.Lambda<Func<DbDataReader, int, object>>(Expression.Convert(Expression.Call(instance, method, ordinal), typeof(object)), reader, ordinal).Compile();
    }
}
