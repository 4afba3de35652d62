using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Abm.Privacy.EntityFrameworkCore.Guarding;

/// <summary>
/// Refuses queries that the database would answer wrongly over encrypted values, or that destroy some. It looks at a query
/// once, when it is compiled.
/// </summary>
internal sealed class ProtectedQueryGuard : IQueryExpressionInterceptor
{
    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        new ProtectedQueryVisitor(eventData.Context).Visit(queryExpression);
        return queryExpression;
    }
}
