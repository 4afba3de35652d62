using Abm.Privacy.Classification;
using Abm.Privacy.Masking.Json.Rules;

namespace Abm.Privacy.Masking.Json;

/// <summary>Which values of JSON documents are masked, and how documents are read.</summary>
/// <remarks>
/// <para>
/// A path is <c>$.user.email</c> from the document's root, <c>$..phone</c> at any depth, <c>$['odd name']</c>,
/// <c>items[2].card</c>, <c>items[*].card</c>; <c>*</c> stands for any member or element. A path without <c>$</c> is looked for
/// at any depth: <c>phone</c> means <c>$..phone</c>.
/// </para>
/// <para>
/// A value that several rules reach is masked as they say if all say the same, and becomes <c>***</c> if not: a rule never
/// shows what another one hides.
/// </para>
/// </remarks>
public sealed class JsonMaskingOptions
{
    /// <summary>The default of <see cref="MaxDepth"/>, which is the platform's.</summary>
    public const int DefaultMaxDepth = 64;

    /// <summary>The default of <see cref="MaxDocumentBytes"/>: 64 MiB.</summary>
    public const int DefaultMaxDocumentBytes = 64 * 1024 * 1024;

    /// <summary>Masks by path, as text: what <see cref="MaskingOptions.Classes"/> may hold, except <c>clear</c>. The default is empty.</summary>
    public IDictionary<string, string> Masks { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names of data classes by path: the <see cref="IMasker"/> has the mask of the class. The default is empty.</summary>
    public IDictionary<string, string> Classes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How documents are read. The default is <see cref="JsonMaskingEngine.Validating"/>.</summary>
    public JsonMaskingEngine Engine { get; set; }

    /// <summary>
    /// Whether names are compared without regard to case. The default is true, since most readers of JSON take <c>Email</c> for
    /// <c>email</c>: names are compared like <see cref="StringComparison.OrdinalIgnoreCase"/>, letter by letter by the simple case
    /// mapping of Unicode, in every culture alike; <c>ß</c> is not <c>SS</c>, and composed and decomposed letters differ. If false,
    /// a name in another case is not masked.
    /// </summary>
    public bool IgnoreCase { get; set; } = true;

    /// <summary>How many objects and arrays may be open at once: 1 to 100,000. The default is 64.</summary>
    public int MaxDepth { get; set; } = DefaultMaxDepth;

    /// <summary>
    /// The greatest size of a document, or of a line of NDJSON, in bytes: 1,024 to 268,435,456 (256 MiB). The default is 64 MiB.
    /// A document is held in memory until it has proved whole.
    /// </summary>
    public int MaxDocumentBytes { get; set; } = DefaultMaxDocumentBytes;

    /// <summary>
    /// What is written in place of a line of NDJSON that cannot be masked: one JSON value on one line. The default is null:
    /// such a line is an error.
    /// </summary>
    public string? BrokenLineMarker { get; set; }

    /// <summary>What <see cref="Mask{TMask}"/> has set; a field, so that no configuration binds it.</summary>
    internal readonly List<Rule> Rules = [];

    /// <summary>What <see cref="Mask(string, DataClass)"/> has set; a field, so that no configuration binds it.</summary>
    internal readonly List<(PathStep[] Steps, DataClass DataClass)> ClassRules = [];

    /// <summary>Masks the values that a path reaches.</summary>
    /// <typeparam name="TMask">The mask.</typeparam>
    /// <param name="path">The path.</param>
    /// <param name="mask">How the values are masked.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="JsonPathException">The path does not parse.</exception>
    public JsonMaskingOptions Mask<TMask>(string path, TMask mask)
        where TMask : struct, IMask
    {
        Rules.Add(new Rule(Parse(path), JsonTreatment.Of(Treatment.Of(mask), mask)));
        return this;
    }

    /// <summary>Masks the values that a path reaches by what they are.</summary>
    /// <param name="path">The path.</param>
    /// <param name="dataClass">What the values are; the <see cref="IMasker"/> has the mask of the class.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="JsonPathException">The path does not parse.</exception>
    public JsonMaskingOptions Mask(string path, DataClass dataClass)
    {
        ClassRules.Add((Parse(path), dataClass));
        return this;
    }

    private static PathStep[] Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return PathParser.Parse(path);
    }
}
