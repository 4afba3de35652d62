namespace Abm.Privacy.Classification;

/// <summary>Says which property holds the id of the person whose record it is; it selects the key of the protected values.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class PrivacySubjectAttribute : Attribute;
