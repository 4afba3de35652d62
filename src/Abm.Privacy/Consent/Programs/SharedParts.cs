using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>Parts that several rules of a program ask for, such as a definition: computed once for a row and kept in a variable.</summary>
internal sealed class SharedParts
{
    private readonly HashSet<Condition> _repeated = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(object Part, bool Certain), ParameterExpression> _variables = new(PartComparer.Instance);
    private readonly List<Expression> _prologue = [];

    public SharedParts(IEnumerable<Condition> roots)
    {
        var seen = new HashSet<Condition>(ReferenceEqualityComparer.Instance);
        foreach (var root in roots)
        {
            Count(root, seen);
        }
    }

    public IEnumerable<ParameterExpression> Variables => _variables.Values;

    /// <summary>The assignments; a part stands after the parts that it uses.</summary>
    public IEnumerable<Expression> Prologue => _prologue;

    public Expression GetOrAdd(Condition condition, bool certain, Func<Expression> make) =>
        _repeated.Contains(condition) ? Keep((condition, certain), make) : make();

    public Expression GetOrAdd(object part, Func<Expression> make) => Keep((part, true), make);

    private Expression Keep((object, bool) key, Func<Expression> make)
    {
        if (!_variables.TryGetValue(key, out var variable))
        {
            var value = make();
            if (value is ConstantExpression)
            {
                return value;
            }

            variable = Expression.Variable(value.Type);
            _prologue.Add(Expression.Assign(variable, value));
            _variables[key] = variable;
        }

        return variable;
    }

    private void Count(Condition condition, HashSet<Condition> seen)
    {
        if (condition is Atom)
        {
            return;
        }

        if (!seen.Add(condition))
        {
            _repeated.Add(condition);
            return;
        }

        foreach (var item in condition is AllCondition all ? all.Items : ((AnyCondition)condition).Items)
        {
            Count(item, seen);
        }
    }

    private sealed class PartComparer : IEqualityComparer<(object Part, bool Certain)>
    {
        public static PartComparer Instance { get; } = new();

        public bool Equals((object Part, bool Certain) x, (object Part, bool Certain) y) => ReferenceEquals(x.Part, y.Part) && x.Certain == y.Certain;

        public int GetHashCode((object Part, bool Certain) obj) => HashCode.Combine(RuntimeHelpers.GetHashCode(obj.Part), obj.Certain);
    }
}
