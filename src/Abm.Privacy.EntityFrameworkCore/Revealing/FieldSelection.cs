using System.Linq.Expressions;

namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>Which fields a caller asked for, as ways through the entity's members; whatever stands below a way is asked for too.</summary>
internal sealed class FieldSelection
{
    private readonly List<string> _paths = [];

    private FieldSelection()
    {
    }

    public IReadOnlyList<string> Paths => _paths;

    public static FieldSelection Parse(LambdaExpression fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var selection = new FieldSelection();
        var body = WithoutConversion(fields.Body);
        foreach (var part in body switch
        {
            NewExpression anonymous => anonymous.Arguments,
            NewArrayExpression array => array.Expressions,
            _ => [body],
        })
        {
            selection._paths.Add(PathOf(WithoutConversion(part), fields.Parameters[0]));
        }

        return selection;
    }

    public bool Selects(string path) => _paths.Exists(selected => Covers(selected, path));

    public static bool Covers(string selected, string path) =>
        selected.Length == 0 || (path.StartsWith(selected, StringComparison.Ordinal) && (path.Length == selected.Length || path[selected.Length] == '.'));

    private static string PathOf(Expression expression, ParameterExpression root)
    {
        var names = new Stack<string>();
        while (expression != root)
        {
            if (expression is not MemberExpression { Expression: { } inner } member)
            {
                throw new ArgumentException("Name fields as members: c => c.Email, c => new { c.Email, c.Address.Street }, or c => c for all.", nameof(expression));
            }

            names.Push(member.Member.Name);
            expression = WithoutConversion(inner);
        }

        return string.Join('.', names);
    }

    private static Expression WithoutConversion(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.TypeAs } conversion ? WithoutConversion(conversion.Operand) : expression;
}
