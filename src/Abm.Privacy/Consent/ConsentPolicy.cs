using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Consent.Language;
using Abm.Privacy.Consent.Programs;

namespace Abm.Privacy.Consent;

/// <summary>
/// Rules as data: a JSON document of schema <c>abm-privacy-policy/1</c>, checked in full when it is loaded. Immutable.
/// An engineering reading of the law is not legal advice: packs have an owner and a review date.
/// </summary>
/// <remarks>
/// <para>A document has <c>schema</c>, <c>id</c>, <c>version</c> and <c>rules</c>, <c>packs</c> or both. A pack has <c>id</c>, <c>rules</c> and the
/// <c>jurisdiction</c> where they hold. Both may have <c>define</c> (named conditions), <c>otherwise</c> (the reason of a denial that nothing explains),
/// <c>owner</c>, <c>reviewBy</c> and <c>note</c>.</para>
/// <para>A rule has <c>id</c>, <c>effect</c> (<see cref="RuleEffect"/>), <c>when</c>, and by effect: <c>reason</c> (one code or several),
/// <c>obligations</c>, <c>rank</c> and <c>basis</c> (permit), <c>until</c> (defer: <c>{"fact": …}</c> or <c>{"localTime": "08:00"}</c>); further <c>law</c>,
/// <c>note</c> and <c>applies</c> with <c>jurisdiction</c>, <c>jurisdictionNot</c>, <c>channel</c> and <c>purposeUnder</c>.</para>
/// <para>A condition is <c>{"all": […]}</c>, <c>{"any": […]}</c>, <c>{"not": …}</c>, <c>{"use": "name"}</c> or a fact with one test: <c>eq ne lt le gt ge</c> (against a
/// literal, <c>"@now"</c>, <c>"@now-P24M"</c> or <c>{"fact": …}</c>), <c>in</c>, <c>exists</c>, or <c>localTimeIn</c> for the time zone. The facts stand in
/// <see cref="FactRegistry"/>; each of them, and never the policy, says what null means.</para>
/// </remarks>
public sealed class ConsentPolicy
{
    /// <summary>The greatest size of a document, in bytes: 4 MiB.</summary>
    public const int MaxDocumentBytes = LocatedJson.MaxBytes;

    private ProgramCatalog? _programs;

    internal ConsentPolicy(PolicyReference reference, IReadOnlyList<PolicyPack> packs, IReadOnlyList<PolicyRule> rules)
    {
        Reference = reference;
        Packs = packs;
        Rules = rules;
        Jurisdictions =
        [
            .. packs.SelectMany(pack => pack.Jurisdictions)
                .Concat(rules.SelectMany(rule => rule.Scope.Jurisdictions.Concat(rule.Scope.JurisdictionsNot)))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Id, version and content hash.</summary>
    public PolicyReference Reference { get; }

    /// <summary>The packs: one for a document that has none of its own.</summary>
    public IReadOnlyList<PolicyPack> Packs { get; }

    /// <summary>Every jurisdiction that the policy names, in ordinal order: the candidates when a person's is unknown.</summary>
    public IReadOnlyList<string> Jurisdictions { get; }

    internal IReadOnlyList<PolicyRule> Rules { get; }

    /// <summary>The document's bytes, of which the hash is made; empty for a policy that was put together from <see cref="Parts"/>.</summary>
    internal ReadOnlyMemory<byte> Document { get; private set; }

    /// <summary>The policies that were joined; empty for a document of its own.</summary>
    internal IReadOnlyList<ConsentPolicy> Parts { get; private init; } = [];

    /// <summary>The rules as trees of closures, for the few questions of a replay.</summary>
    internal ProgramCatalog Programs => LazyInitializer.EnsureInitialized(ref _programs, () => new ProgramCatalog(this, compile: false));

    /// <summary>Reads a policy from UTF-8 bytes.</summary>
    /// <param name="utf8Json">The document.</param>
    /// <param name="source">A name for error messages, such as the file's path.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="InvalidDocumentException">The document has faults; all of them are listed with line, pointer and mend.</exception>
    public static ConsentPolicy Parse(ReadOnlySpan<byte> utf8Json, string source) => Parse(utf8Json, source, FactRegistry.Default);

    /// <summary>Reads a policy from text.</summary>
    /// <param name="json">The document.</param>
    /// <param name="source">A name for error messages.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="InvalidDocumentException">The document has faults; all of them are listed with line, pointer and mend.</exception>
    public static ConsentPolicy Parse(string json, string source = "policy")
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json), source);
    }

    /// <summary>Reads a policy from a file.</summary>
    /// <param name="path">The file; a relative path is looked for in the current directory, then beside the application.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="InvalidDocumentException">The file cannot be read or has faults.</exception>
    public static ConsentPolicy Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(DocumentFile.Read(path, PrivacyErrorCode.PolicyInvalid), path);
    }

    /// <summary>Joins policies into one. Their rules add up, so their order does not matter.</summary>
    /// <param name="policies">The policies; at least one.</param>
    /// <returns>The one policy, or a policy with the rules of all.</returns>
    /// <exception cref="InvalidDocumentException">Two policies have a rule of the same id.</exception>
    public static ConsentPolicy Combine(params IReadOnlyList<ConsentPolicy> policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentOutOfRangeException.ThrowIfZero(policies.Count, nameof(policies));
        if (policies.Count == 1)
        {
            return policies[0];
        }

        var sorted = policies
            .OrderBy(policy => policy.Reference.Id, StringComparer.Ordinal)
            .ThenBy(policy => policy.Reference.Sha256, StringComparer.Ordinal)
            .ToList();
        var id = string.Join('+', sorted.Select(policy => policy.Reference.Id));
        var twice = sorted.SelectMany(policy => policy.Rules).CountBy(rule => rule.Id, StringComparer.Ordinal).Where(count => count.Value > 1);
        DocumentFault[] faults =
        [
            .. twice.Select(count => new DocumentFault(
                "", 1, $"The rule '{count.Key}' is in more than one of the policies.", "Give every rule an id of its own, and name every file once.")),
        ];
        if (faults.Length > 0)
        {
            throw new InvalidDocumentException(PrivacyErrorCode.PolicyInvalid, id, faults);
        }

        var hashes = string.Join('\n', sorted.Select(policy => policy.Reference.Sha256).Order(StringComparer.Ordinal));
        var version = string.Join('+', sorted.Select(policy => policy.Reference.Version));
        var reference = new PolicyReference(id, version, Hash(Encoding.ASCII.GetBytes(hashes)));
        return new ConsentPolicy(reference, [.. sorted.SelectMany(policy => policy.Packs)], [.. sorted.SelectMany(policy => policy.Rules)]) { Parts = sorted };
    }

    internal static ConsentPolicy Parse(ReadOnlySpan<byte> utf8Json, string source, FactRegistry registry)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        var root = LocatedJson.Parse(utf8Json, PrivacyErrorCode.PolicyInvalid, source);
        var policy = new PolicyReader(registry, source).Read(root, Hash(utf8Json));
        policy.Document = utf8Json.ToArray();
        return policy;
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
