using System.Linq.Expressions;

namespace Abm.Privacy.Consent.Programs;

/// <summary>
/// The bits of a word as one expression that asks little of most rows. Rules that begin with the same question (<c>consent.status</c> is granted) stand behind it
/// together, and rules that hinder few rows behind one question whether any of them does. What a database computes stays the same, bit for bit.
/// </summary>
internal static class MaskTerms
{
    private const int GuardedTerms = 8;

    private static Expression Zero { get; } = Expression.Constant(0L);

    /// <summary>Joins terms to the bits that they set.</summary>
    public static Expression Join(IReadOnlyList<MaskTerm> terms)
    {
        var held = terms.Where(term => term.Cases.Count > 0).ToList();
        var subject = held.Select(term => term.Subject).OfType<MemberExpression>().GroupBy(member => member.Member)
            .Where(group => group.Count() > 2).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key;
        if (subject is null)
        {
            return Plain(held);
        }

        // a text equals one constant only, so that the answers exclude each other
        var answers = held.Where(term => term.Subject?.Member == subject).GroupBy(term => term.Answer!).OrderBy(group => group.Count());
        var chain = answers.Aggregate(Zero, (otherwise, group) => Expression.Condition(
            Expression.Equal(group.First().Subject!, Expression.Constant(group.Key)), Join([.. group.Select(term => term.Behind())]), otherwise));
        return Expression.Or(Join([.. held.Where(term => term.Subject?.Member != subject)]), chain);
    }

    private static Expression Plain(List<MaskTerm> terms)
    {
        var guarded = terms.Where(term => term.IsRare && term.Cases is [{ When: not ConstantExpression }])
            .Chunk(GuardedTerms).Where(chunk => chunk.Length > 2).ToList();
        var alone = terms.Except(guarded.SelectMany(chunk => chunk)).Select(term => term.ToExpression());
        var behind = guarded.Select(chunk => (Expression)Expression.Condition(
            BooleanExpressions.Or(chunk.Select(term => term.Cases[0].When)), Or(chunk.Select(term => term.ToExpression())), Zero));
        return Or(alone.Concat(behind));
    }

    private static Expression Or(IEnumerable<Expression> terms)
    {
        List<Expression> all = [.. terms];
        return all.Count == 0 ? Zero : BooleanExpressions.Balanced(all, Expression.Or);
    }
}
