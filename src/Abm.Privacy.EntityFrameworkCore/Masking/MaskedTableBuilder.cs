using System.Linq.Expressions;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Keyed;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>Says what happens to the columns of a table. A column that is not named here and has no data class is refused.</summary>
/// <typeparam name="TEntity">The entity type whose table it is.</typeparam>
public sealed class MaskedTableBuilder<TEntity>
    where TEntity : class
{
    private readonly IEntityType _type;
    private readonly ITable _table;
    private readonly Dictionary<string, ColumnRule> _rules;

    internal MaskedTableBuilder(IEntityType type, ITable table, Dictionary<string, ColumnRule> rules) => (_type, _table, _rules) = (type, table, rules);

    /// <summary>Copies columns as they are: declares that they hold nothing to mask, such as a key that names nobody.</summary>
    /// <param name="properties">The properties.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A property is not a column of the table, or was named before.</exception>
    public MaskedTableBuilder<TEntity> Keep(params IReadOnlyList<Expression<Func<TEntity, object?>>> properties) => SetAll(properties, ColumnRule.Kept);

    /// <summary>Copies columns as they are, by their names in the database; for those that have no property of the entity type.</summary>
    /// <param name="columns">The names.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A column is not one of the table, or was named before.</exception>
    public MaskedTableBuilder<TEntity> KeepColumns(params IReadOnlyList<string> columns) => SetAll(columns, ColumnRule.Kept);

    /// <summary>Leaves nothing of columns: null, or the empty text where a text column takes no null.</summary>
    /// <param name="properties">The properties.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A property is not a column of the table, or was named before.</exception>
    public MaskedTableBuilder<TEntity> Erase(params IReadOnlyList<Expression<Func<TEntity, object?>>> properties) => SetAll(properties, ColumnRule.Erased);

    /// <summary>Leaves nothing of columns, by their names in the database.</summary>
    /// <param name="columns">The names.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A column is not one of the table, or was named before.</exception>
    public MaskedTableBuilder<TEntity> EraseColumns(params IReadOnlyList<string> columns) => SetAll(columns, ColumnRule.Erased);

    /// <summary>Masks a text column.</summary>
    /// <typeparam name="TMask">The mask.</typeparam>
    /// <param name="property">The property.</param>
    /// <param name="mask">How its values are masked. A column that must be unique needs a mask that never gives two values one result.</param>
    /// <param name="of">
    /// The property whose value is masked in its place, such as the person's id: then a person has one fake everywhere, however the name is
    /// spelled. By default the value itself.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A property is not a column of the table, or was named before.</exception>
    public MaskedTableBuilder<TEntity> Mask<TMask>(
        Expression<Func<TEntity, object?>> property, TMask mask, Expression<Func<TEntity, object?>>? of = null)
        where TMask : struct, IMask =>
        Set(ColumnOf(property), ColumnRule.Mask(mask, of is null ? null : ColumnOf(of)));

    /// <summary>Masks a text column, by its name in the database.</summary>
    /// <typeparam name="TMask">The mask.</typeparam>
    /// <param name="column">The name.</param>
    /// <param name="mask">How its values are masked.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The column is not one of the table, or was named before.</exception>
    public MaskedTableBuilder<TEntity> MaskColumn<TMask>(string column, TMask mask)
        where TMask : struct, IMask =>
        Set(Checked(column), ColumnRule.Mask(mask, null));

    /// <summary>Shifts a column of dates, or of texts that are dates.</summary>
    /// <param name="property">The property.</param>
    /// <param name="shift">The shift; one for every column whose intervals are to stay true.</param>
    /// <param name="subject">The property that says whose date it is. Its clear value decides, so the person's dates are shifted alike in every table.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A property is not a column of the table, or was named before.</exception>
    public MaskedTableBuilder<TEntity> ShiftDates(
        Expression<Func<TEntity, object?>> property, DateShift shift, Expression<Func<TEntity, object?>> subject)
    {
        ArgumentNullException.ThrowIfNull(shift);
        return Set(ColumnOf(property), ColumnRule.Dates(shift, ColumnOf(subject)));
    }

    /// <summary>Adds noise to a column of numbers (decimal, whole, or text).</summary>
    /// <param name="property">The property.</param>
    /// <param name="noise">The noise.</param>
    /// <param name="subject">The property that says whose number it is.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A property is not a column of the table, or was named before.</exception>
    public MaskedTableBuilder<TEntity> AddNoise(
        Expression<Func<TEntity, object?>> property, NumberNoise noise, Expression<Func<TEntity, object?>> subject)
    {
        ArgumentNullException.ThrowIfNull(noise);
        return Set(ColumnOf(property), ColumnRule.Numbers(noise, ColumnOf(subject)));
    }

    private MaskedTableBuilder<TEntity> SetAll(IReadOnlyList<Expression<Func<TEntity, object?>>> properties, ColumnRule rule)
    {
        ArgumentNullException.ThrowIfNull(properties);
        foreach (var property in properties)
        {
            Set(ColumnOf(property), rule);
        }

        return this;
    }

    private MaskedTableBuilder<TEntity> SetAll(IReadOnlyList<string> columns, ColumnRule rule)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns)
        {
            Set(Checked(column), rule);
        }

        return this;
    }

    private MaskedTableBuilder<TEntity> Set(string column, ColumnRule rule) => _rules.TryAdd(column, rule)
        ? this
        : throw new ArgumentException($"The column {column} of {_table.Name} has been named before. Say one thing about it.", nameof(column));

    private string Checked(string column) => _table.FindColumn(column)?.Name
        ?? throw new ArgumentException($"{_table.Name} has no column {column}.", nameof(column));

    private string ColumnOf(Expression<Func<TEntity, object?>> property)
    {
        ArgumentNullException.ThrowIfNull(property);
        var body = property.Body is UnaryExpression { NodeType: ExpressionType.Convert } conversion ? conversion.Operand : property.Body;
        return body is MemberExpression { Expression: ParameterExpression } member
            && _type.FindProperty(member.Member.Name)?.GetColumnName(StoreObjectIdentifier.Table(_table.Name, _table.Schema)) is { } column
            ? column
            : throw new ArgumentException($"The expression names no column of {_table.Name}. Write entity => entity.Property, or name the column.", nameof(property));
    }
}
