using System.Collections.Frozen;

namespace Abm.Privacy.Masking.Views;

/// <summary>
/// What the roles of an application see, ready for use: a view is an <see cref="IMasker"/>, so that masked copies, JSON and
/// text take it as they take any other. Immutable and safe for concurrent use.
/// </summary>
public sealed class MaskingViews
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, ViewLevel>> _roles;
    private readonly IMasker _masker;

    /// <summary>Creates the views.</summary>
    /// <param name="options">The roles; later changes have no effect.</param>
    /// <param name="masker">
    /// The masks of the level <see cref="ViewLevel.Masked"/>. A personal class that a <see cref="Masker"/> shows in clear is shown as
    /// at the level <see cref="ViewLevel.Clear"/>: told to the audit, and hidden without one. A masker of one's own answers for itself.
    /// </param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public MaskingViews(MaskingViewOptions options, IMasker masker)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(masker);
        var faults = MaskingViewOptionsValidator.FindFaults(options);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _masker = masker;
        _roles = options.Roles.ToFrozenDictionary(
            role => role.Key, role => role.Value.Classes.ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>The view of somebody with one role.</summary>
    /// <param name="role">The role; one that nobody declared sees nothing.</param>
    /// <param name="request">Who looks and at whom; without it no value is shown in clear.</param>
    /// <returns>The view, for as long as the request's pseudonyms are open.</returns>
    public IMasker For(string role, ViewRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(role);
        return For([role], request);
    }

    /// <summary>
    /// The view of somebody with several roles: of each class what the most restrictive of them sees. No role, and a role that
    /// nobody declared, sees nothing.
    /// </summary>
    /// <param name="roles">The roles.</param>
    /// <param name="request">Who looks and at whom; without it no value is shown in clear.</param>
    /// <returns>The view, for as long as the request's pseudonyms are open.</returns>
    public IMasker For(IEnumerable<string> roles, ViewRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(roles);
        string[] names = [.. roles];
        var profiles = names.Select(name => name is not null && _roles.TryGetValue(name, out var profile) ? profile : FrozenDictionary<string, ViewLevel>.Empty);
        return new MaskingView(names, [.. profiles], _masker, request ?? new ViewRequest());
    }
}
