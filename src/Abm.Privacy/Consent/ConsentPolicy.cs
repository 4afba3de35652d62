using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Abm.Privacy.Consent.Checks;
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

    /// <summary>The moment from which the policy may decide; null: since ever. Before it, every answer is a denial with <see cref="ReasonCodes.PolicyNotEffective"/>.</summary>
    public DateTimeOffset? EffectiveFrom => Effective.From;

    /// <summary>The moment from which the policy no longer decides; null: never. From then on, every answer is a denial with <see cref="ReasonCodes.PolicyNotEffective"/>.</summary>
    public DateTimeOffset? EffectiveTo => Effective.To;

    internal EffectivePeriod Effective { get; init; }

    internal IReadOnlyList<PolicyRule> Rules { get; }

    /// <summary>Whether the policy may decide about a moment.</summary>
    /// <param name="moment">The moment that is asked about.</param>
    /// <returns>Whether it lies within the policy's dates.</returns>
    public bool IsEffectiveAt(DateTimeOffset moment) => Effective.Contains(moment);

    /// <summary>The tests that stand in the documents.</summary>
    public IReadOnlyList<PolicyTest> Tests { get; internal init; } = [];

    /// <summary>
    /// The ids of the tests in the shape of a test framework's member data: one array with one text for each, for a theory that calls
    /// <see cref="RunTest"/>.
    /// </summary>
    public IEnumerable<object[]> TestCases => Tests.Select(test => new object[] { test.Id });

    /// <summary>Runs the tests that stand in the documents, and tells which rules they saw true and false.</summary>
    /// <returns>Every result, and the coverage of the rules.</returns>
    public PolicyTestReport RunTests() => PolicyTestRun.Run(this);

    /// <summary>Runs one of the tests that stand in the documents.</summary>
    /// <param name="testId">The test's id.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">There is no such test.</exception>
    public PolicyTestResult RunTest(string testId)
    {
        var test = Tests.FirstOrDefault(candidate => candidate.Id == testId) ?? throw new ArgumentException("The policy has no test of this id.", nameof(testId));
        return new PolicyTestRun(this).Run(test);
    }

    /// <summary>
    /// Is there any input on which the policy permits this? Every combination of answers that the rules' comparisons can give is
    /// covered, by search and not by sampling; where that is not possible, the answer says so.
    /// </summary>
    /// <param name="inquiry">What is used, by what way, and what must be true of the input.</param>
    /// <returns>An input that the reference evaluator permits, "none in n cases", or "undecided".</returns>
    /// <exception cref="InvalidDocumentException">The condition has faults.</exception>
    public PolicyAnswer Ask(PolicyInquiry inquiry)
    {
        ArgumentNullException.ThrowIfNull(inquiry);
        return InquirySearch.Answer(this, inquiry);
    }

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

    /// <summary>Reads a policy from a file that one of the signers must have signed, with the signature in <c>&lt;path&gt;.p7s</c>.</summary>
    /// <param name="path">The file; a relative path is looked for in the current directory, then beside the application.</param>
    /// <param name="signers">The certificates of which one must have signed. Their dates do not matter: what they signed stays signed.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="InvalidDocumentException">The file cannot be read or has faults; with <see cref="PrivacyErrorCode.SignatureInvalid"/>: no signer signed exactly this.</exception>
    public static ConsentPolicy LoadSigned(string path, params IReadOnlyCollection<X509Certificate2> signers)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(signers);
        var document = DocumentFile.Read(path, PrivacyErrorCode.PolicyInvalid);
        PolicySignature.Verify(path, document, signers);
        return Parse(document, path);
    }

    /// <summary>
    /// The JSON Schema (draft 2020-12) of policy documents, for editors and other tools. The package has it as
    /// <c>schemas/abm-privacy-policy-1.schema.json</c> too. Loading checks more than a schema can say.
    /// </summary>
    /// <returns>The schema as JSON.</returns>
    public static string GetSchema() => Encoding.UTF8.GetString(EmbeddedText.Read("Abm.Privacy.Consent.policy.schema.json"));

    /// <summary>Joins policies into one. Their rules add up, so their order does not matter; the whole is in force while every part is.</summary>
    /// <param name="policies">The policies; at least one.</param>
    /// <returns>The one policy, or a policy with the rules of all.</returns>
    /// <exception cref="InvalidDocumentException">Two policies have a rule of the same id, or there is no moment at which all are in force.</exception>
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
        var effective = sorted.Aggregate(default(EffectivePeriod), (period, policy) => period.And(policy.Effective));
        if (effective.IsEmpty)
        {
            faults = [.. faults, new DocumentFault("", 1, "There is no moment at which all of the policies are in force.", "Mend 'effectiveFrom' and 'effectiveTo', or load the policies apart.")];
        }

        if (faults.Length > 0)
        {
            throw new InvalidDocumentException(PrivacyErrorCode.PolicyInvalid, id, faults);
        }

        var hashes = string.Join('\n', sorted.Select(policy => policy.Reference.Sha256).Order(StringComparer.Ordinal));
        var version = string.Join('+', sorted.Select(policy => policy.Reference.Version));
        var reference = new PolicyReference(id, version, Hash(Encoding.ASCII.GetBytes(hashes)));
        return new ConsentPolicy(reference, [.. sorted.SelectMany(policy => policy.Packs)], [.. sorted.SelectMany(policy => policy.Rules)])
        {
            Effective = effective,
            Tests = JoinTests(sorted),
            Parts = sorted,
        };
    }

    /// <summary>A test whose id another document has too is called by its policy's id as well.</summary>
    private static IReadOnlyList<PolicyTest> JoinTests(IReadOnlyList<ConsentPolicy> policies)
    {
        var twice = policies.SelectMany(policy => policy.Tests).CountBy(test => test.Id, StringComparer.Ordinal).Where(count => count.Value > 1).Select(count => count.Key).ToHashSet(StringComparer.Ordinal);
        return [.. policies.SelectMany(policy => policy.Tests.Select(test => twice.Contains(test.Id) ? test.Named($"{policy.Reference.Id}/{test.Id}") : test))];
    }

    /// <param name="utf8Json">The document.</param>
    /// <param name="source">A name for error messages.</param>
    /// <param name="registry">The facts.</param>
    /// <param name="analyze">Whether rules that cannot be meant are refused too. Generated policies of tests are full of them.</param>
    internal static ConsentPolicy Parse(ReadOnlySpan<byte> utf8Json, string source, FactRegistry registry, bool analyze = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        var root = LocatedJson.Parse(utf8Json, PrivacyErrorCode.PolicyInvalid, source);
        var policy = new PolicyReader(registry, source, analyze).Read(root, Hash(utf8Json));
        policy.Document = utf8Json.ToArray();
        return policy;
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
