using System.ComponentModel;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Packs;
using Abm.Privacy.Consent.Records;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names the policies of one consent registration. Several add up.</summary>
public sealed class ConsentBuilder
{
    private readonly string _name;

    internal ConsentBuilder(IServiceCollection services, string name)
    {
        Services = services;
        _name = name;
    }

    /// <summary>The services that are registered into; for packages that extend this builder.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IServiceCollection Services { get; }

    /// <summary>Adds a policy document. It is read when the application starts; a faulty one stops it.</summary>
    /// <param name="path">The file; a relative path is looked for in the current directory, then beside the application.</param>
    /// <returns>The same builder.</returns>
    public ConsentBuilder UsePolicyFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Services.AddOptions<ConsentOptions>(_name).Configure(options => options.PolicyFiles.Add(path));
        return this;
    }

    /// <summary>Adds a policy that is already loaded.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>The same builder.</returns>
    public ConsentBuilder UsePolicy(ConsentPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Services.AddOptions<ConsentOptions>(_name).Configure(options => options.Policies.Add(policy));
        return this;
    }

    /// <summary>Adds packs that come with the library, and those that they need. An engineering reading, not legal advice.</summary>
    /// <param name="packs">The packs, for example <see cref="ConsentPacks.EuropeanUnion"/>.</param>
    /// <returns>The same builder.</returns>
    public ConsentBuilder UsePack(params IReadOnlyList<ConsentPack> packs)
    {
        ArgumentNullException.ThrowIfNull(packs);
        Services.AddOptions<ConsentOptions>(_name).Configure(options => options.Policies.AddRange(ConsentPacks.WithNeeds(packs).Select(pack => pack.Policy)));
        return this;
    }

    /// <summary>Adds every pack that comes with the library: for a person whose jurisdiction is unknown, all of them must permit.</summary>
    /// <returns>The same builder.</returns>
    public ConsentBuilder UseShippedPacks() => UsePack(ConsentPacks.All);

    /// <summary>Demands that every policy file is signed, with <c>&lt;file&gt;.p7s</c> beside it. See <see cref="PolicySignature"/>.</summary>
    /// <param name="signers">The certificates of which one must have signed. They stay yours.</param>
    /// <returns>The same builder.</returns>
    public ConsentBuilder RequireSignature(params IReadOnlyList<X509Certificate2> signers)
    {
        ArgumentNullException.ThrowIfNull(signers);
        Services.AddOptions<ConsentOptions>(_name).Configure(options =>
        {
            options.RequireSignature = true;
            options.Signers.AddRange(signers);
        });
        return this;
    }

    /// <summary>Keeps every policy that decided in a folder, so that decisions can be replayed: registers <see cref="IPolicyArchive"/>, <see cref="DecisionRecorder"/> and <see cref="DecisionReplay"/>.</summary>
    /// <param name="folder">The folder; backed up, and shared by all processes.</param>
    /// <returns>The same builder.</returns>
    public ConsentBuilder UsePolicyArchive(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return UsePolicyArchive(_ => new DirectoryPolicyArchive(folder));
    }

    /// <summary>Keeps every policy that decided in an archive of the application's own.</summary>
    /// <param name="create">Makes the archive.</param>
    /// <returns>The same builder.</returns>
    public ConsentBuilder UsePolicyArchive(Func<IServiceProvider, IPolicyArchive> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        Services.TryAddNamed(_name, create);
        ConsentRegistration.AddRecords(Services, _name);
        return this;
    }
}
