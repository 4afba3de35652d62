namespace Abm.Privacy.Classification;

/// <summary>Says which property holds the tenant whose record it is.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class PrivacyTenantAttribute : Attribute;
