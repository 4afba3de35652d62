using System.Linq.Expressions;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Guarding;

/// <summary>
/// The setters of an <c>ExecuteUpdate</c>: a protected property can be set to null there, with every column that it is found
/// by, and to nothing else.
/// </summary>
internal sealed class ProtectedSetters(DbContext? context)
{
    public void Check(Expression setters)
    {
        var pairs = setters is NewArrayExpression { Expressions: var all } ? all.OfType<NewExpression>().Select(pair => pair.Arguments).ToList() : [];
        var emptied = pairs.Where(pair => pair is [_, var value, ..] && IsNull(value))
            .Select(pair => ProtectedQueryVisitor.LambdaOf(pair[0])).OfType<LambdaExpression>().Select(NameOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            if (pair is [var selector, ..] && ProtectedQueryVisitor.LambdaOf(selector) is { } property
                && ProtectedPlaces.IsProtected(ProtectedQueryVisitor.WithoutConversion(property.Body).Type))
            {
                if (pair is [_, var assigned, ..] && IsNull(assigned) && FindField(property) is { } field)
                {
                    CheckIndexes(field, emptied);
                    continue;
                }

                throw new ProtectedQueryException(
                    "ExecuteUpdate can set a protected property to the literal null of SetProperty(x => ..., x => null) and to nothing else: an encryption of another row or property does not open here, a clear value would be stored as it is, and index columns would keep what they were. "
                    + "Load the entities, assign the property and call SaveChangesAsync.");
            }

            if (pair is [_, var value] && ProtectedQueryVisitor.ColumnFinder.IsIn(value))
            {
                throw new ProtectedQueryException(
                    "ExecuteUpdate cannot copy a protected property to another column: the copy would not open there. Load the entities, reveal them and assign the property.");
            }
        }
    }

    private static void CheckIndexes(ProtectedField field, HashSet<string> emptied)
    {
        if (field.Indexes.Select(index => index.Property.Name).FirstOrDefault(name => !emptied.Contains(name)) is { } left)
        {
            throw new ProtectedQueryException(
                $"ExecuteUpdate sets a protected property to null and leaves {left}, by which the value is still found. Set that to null in the same call: SetProperty(x => EF.Property<byte[]?>(x, \"{left}\"), x => null).");
        }
    }

    private ProtectedField? FindField(LambdaExpression property)
    {
        try
        {
            var path = NameOf(property) ?? FieldSelection.Parse(property).Paths[0];
            return context?.Model.FindEntityType(property.Parameters[0].Type) is { } type && PrivacyModel.Of(context).Find(type) is { } entity
                ? Find(entity, path)
                : null;
        }
        catch (ArgumentException)
        {
            return null; // no plain property: refused
        }
    }

    private static ProtectedField? Find(ProtectedEntity entity, string path) => entity.Fields.FirstOrDefault(field => field.Path == path)
        ?? entity.Parts.Where(part => path.StartsWith($"{part.Navigation.Name}.", StringComparison.Ordinal))
            .Select(part => Find(part.Entity, path[(part.Navigation.Name.Length + 1)..])).FirstOrDefault();

    /// <summary>The name in <c>EF.Property(x, "name")</c>.</summary>
    private static string? NameOf(LambdaExpression property) => ProtectedQueryVisitor.WithoutConversion(property.Body) is MethodCallExpression { Method.Name: nameof(EF.Property) } call
        && call.Method.DeclaringType == typeof(EF) && call.Arguments is [ParameterExpression, ConstantExpression { Value: string name }] ? name : null;

    private static bool IsNull(Expression value) => ProtectedQueryVisitor.WithoutConversion(value) switch
    {
        ConstantExpression { Value: null } => true,
        LambdaExpression { Body: var body } => IsNull(body),
        UnaryExpression { NodeType: ExpressionType.Quote, Operand: var inner } => IsNull(inner),
        DefaultExpression => true,
        _ => false, // a parameter: the plan that is made now serves other values of it too
    };
}
