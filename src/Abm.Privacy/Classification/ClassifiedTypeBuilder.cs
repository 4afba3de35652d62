using System.Linq.Expressions;

namespace Abm.Privacy.Classification;

/// <summary>Declares the data classes of a type's properties in code; see <see cref="ClassifiedModelBuilder.Declare{T}"/>.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class ClassifiedTypeBuilder<T>
{
    private readonly ClassifiedDeclarations _declarations;

    internal ClassifiedTypeBuilder(ClassifiedDeclarations declarations) => _declarations = declarations;

    /// <summary>Declares the class of one property or field.</summary>
    /// <param name="member">The member: <c>contact => contact.Email</c>.</param>
    /// <param name="dataClass">The name of the class, for example <see cref="DataClasses.Email"/>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The expression is not a direct member, or the name is not a data class.</exception>
    public ClassifiedTypeBuilder<T> Property(Expression<Func<T, object?>> member, string dataClass)
    {
        ArgumentNullException.ThrowIfNull(member);
        var body = member.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : member.Body;
        if (body is not MemberExpression { Expression: ParameterExpression } access)
        {
            throw new ArgumentException($"Name a property of {ClassifiedTypeName.Short(typeof(T))} itself, such as 'x => x.Email'; declare the properties of another type with Declare<ThatType>.", nameof(member));
        }

        _declarations.Members[(typeof(T), access.Member.Name)] = new DataClass(dataClass);
        return this;
    }

    /// <summary>Declares the class of the type's values: wherever one stands, and of every member that has no declaration of its own.</summary>
    /// <param name="dataClass">The name of the class.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The name is not a data class.</exception>
    public ClassifiedTypeBuilder<T> Default(string dataClass)
    {
        _declarations.Types[typeof(T)] = new DataClass(dataClass);
        return this;
    }
}
