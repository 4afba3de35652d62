using Abm.Privacy.EntityFrameworkCore.Model;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Says that a model has one tenant.</summary>
public static class SingleTenantModelBuilderExtensions
{
    /// <summary>
    /// Binds the values of every entity without a tenant property to <see cref="Abm.Privacy.Identifiers.TenantId.Default"/>.
    /// An application that may ever get a second tenant names a tenant property instead: it cannot be changed later.
    /// </summary>
    /// <param name="model">The model's builder.</param>
    /// <returns>The same builder.</returns>
    public static ModelBuilder HasSingleTenant(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Model.SetAnnotation(PrivacyAnnotations.SingleTenant, true);
        return model;
    }
}
