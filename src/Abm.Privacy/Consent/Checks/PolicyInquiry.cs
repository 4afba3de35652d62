namespace Abm.Privacy.Consent.Checks;

/// <summary>A question about a policy itself: is there any input on which it permits this?</summary>
/// <param name="Purpose">What the data is used for.</param>
/// <param name="Channel">By what way the person is reached.</param>
public sealed record PolicyInquiry(Purpose Purpose, Channel Channel)
{
    /// <summary>
    /// What must be true of the input: a condition in the language of policies, such as <c>{"fact":"objection.at","exists":true}</c>, without
    /// <c>use</c>. Default: nothing.
    /// </summary>
    public string Condition { get; init; } = """{"all":[]}""";

    /// <summary>Whose law applies, as in <see cref="ConsentFacts.Jurisdiction"/>. Null, the default: unknown, so that every jurisdiction must permit.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>The moment that is asked about. Null, the default: every moment.</summary>
    public DateTimeOffset? At { get; init; }
}
