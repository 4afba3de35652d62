namespace Abm.Privacy.Consent.Language;

/// <summary>The comparisons of the language; <c>ne</c> is a negated <c>eq</c>.</summary>
internal enum ComparisonOperator
{
    Equal = 1,
    Less = 2,
    LessOrEqual = 3,
    Greater = 4,
    GreaterOrEqual = 5,
}
