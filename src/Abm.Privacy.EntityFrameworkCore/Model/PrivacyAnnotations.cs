namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>The annotations of a model that say what is protected and how it is named.</summary>
internal static class PrivacyAnnotations
{
    /// <summary>Of an entity type: the scope that the application gave it.</summary>
    public const string Scope = "AbmPrivacy:Scope";

    /// <summary>Of an entity type: the frozen name that the application gave it.</summary>
    public const string Entity = "AbmPrivacy:Entity";

    /// <summary>Of a property, complex property or owned type: the part of the frozen name that the application gave it.</summary>
    public const string Name = "AbmPrivacy:Name";

    /// <summary>Of a protected property: the bucket in bytes that its values are padded to.</summary>
    public const string Padding = "AbmPrivacy:Padding";

    /// <summary>Of an entity type: the property that holds the tenant.</summary>
    public const string Tenant = "AbmPrivacy:Tenant";

    /// <summary>Of an entity type: the property that holds the subject.</summary>
    public const string Subject = "AbmPrivacy:Subject";

    /// <summary>Of an entity type: the property that the application wants bound instead of the key.</summary>
    public const string Record = "AbmPrivacy:Record";

    /// <summary>Of a model: the application has one tenant.</summary>
    public const string SingleTenant = "AbmPrivacy:SingleTenant";

    /// <summary>Of a protected property, in a finished model: its scope, entity and field.</summary>
    public const string Place = "AbmPrivacy:Place";

    /// <summary>Of an entity type, in a finished model: where its tenant, subject and record come from.</summary>
    public const string Binding = "AbmPrivacy:Binding";

    /// <summary>Of a model: what of it is protected; made on first use.</summary>
    public const string Model = "AbmPrivacy:Model";

    /// <summary>On a column that is erased with the subject: the number of its kind.</summary>
    public const string Artefact = "AbmPrivacy:Artefact";

    /// <summary>On an index column: the path of the protected property, from the entity on.</summary>
    public const string BlindIndex = "AbmPrivacy:BlindIndex";
}
