using System.Linq.Expressions;
using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>
/// One tenant's rows whose values still stand in a clear column, for <see cref="Rewrapper.ImportAsync"/>: each value goes
/// encrypted into the protected column and its index columns, and the clear column is emptied in the same statement. Rows whose protected
/// column has a value are passed over, so the import runs again at any time.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public sealed class EntityImportSource<TEntity> : EntityRewrapSource<TEntity>
    where TEntity : class
{
    private readonly string _path;
    private readonly string _clear;
    private readonly bool _isText;

    /// <summary>Imports a column of text; read it with <see cref="ImportReader.Plaintext"/>.</summary>
    /// <param name="createContext">Makes a context for each page.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="target">The protected property.</param>
    /// <param name="clear">The clear one.</param>
    /// <exception cref="ArgumentException">An expression names no property.</exception>
    public EntityImportSource(
        Func<DbContext> createContext, TenantId tenant, Expression<Func<TEntity, Protected<string>?>> target, Expression<Func<TEntity, string?>> clear)
        : base(createContext, tenant) => (_path, _clear, _isText) = (PathOf(target), PathOf(clear), true);

    /// <summary>
    /// Imports a column of bytes that a reader understands, such as payloads of another library; see
    /// <see cref="ImportReader.From"/>. The reader returns the binary form of the property's clear values.
    /// </summary>
    /// <param name="createContext">Makes a context for each page.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="target">The protected property.</param>
    /// <param name="stored">The column of bytes.</param>
    /// <exception cref="ArgumentException">An expression names no property.</exception>
    public EntityImportSource(
        Func<DbContext> createContext, TenantId tenant, Expression<Func<TEntity, ProtectedValue?>> target, Expression<Func<TEntity, byte[]?>> stored)
        : base(createContext, tenant) => (_path, _clear) = (PathOf(target), PathOf(stored));

    /// <summary>Whether the clear column keeps its value, for an older version of the application that still reads it.</summary>
    /// <value>The default is false: the column is set to null, and must be nullable.</value>
    public bool KeepsClear { get; init; }

    private protected override (string Path, string Property, bool IsText, bool IsKept)? Import => (_path, _clear, _isText, KeepsClear);

    private static string PathOf(LambdaExpression property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return FieldSelection.Parse(property).Paths[0];
    }
}
