using System.ComponentModel;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Registers the privacy primitives. Every <c>Add…</c> works without the others, may be called again (registrations are
/// not repeated, options add up) and takes an optional name: a named registration is a keyed service.
/// </summary>
public sealed class PrivacyBuilder
{
    internal PrivacyBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services that are registered into; for packages that extend this builder.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IServiceCollection Services { get; }
}
