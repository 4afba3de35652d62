namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// Replaces a value by an invented one: <c>Jane Doe</c> becomes <c>Mila Harrow</c>, in every table and process that has the key. A fake
/// shows nothing of the value.
/// </summary>
/// <remarks>
/// <para>
/// Who a fake stands for depends on the key, the field, the template with the versions of its dictionaries, and the value. Spellings
/// that differ in case or in white space around them have one fake, unless asked otherwise. Equal values are seen to be equal, and a
/// frequent value has a frequent fake: a masked table is still personal data as long as the key exists (GDPR, recital 26).
/// </para>
/// <para>
/// A value of more than 65,536 bytes of UTF-8 or of invalid Unicode, or of white space alone, is masked whole as <c>***</c>. The default value of this type
/// has no key and masks every value whole.
/// </para>
/// </remarks>
public readonly struct FakeMask : IMask
{
    private readonly FakeBody? _body;

    /// <summary>Creates a mask.</summary>
    /// <param name="key">The key; the mask works until it is disposed.</param>
    /// <param name="field">What is masked, such as <c>person.name</c>; 1 to 128 bytes of UTF-8. Columns that join have one field.</param>
    /// <param name="template">How fakes look, such as <see cref="FakeTemplate.PersonName"/>.</param>
    /// <param name="uniqueness">Whether two values may get the same fake. By default they may.</param>
    /// <param name="normalization">Which spellings have one fake. By default case and white space around the value make no difference.</param>
    /// <exception cref="ArgumentException">
    /// The field is not valid; or <paramref name="uniqueness"/> asks for what the template cannot give: a suffix without a place for it, numbers with fewer than
    /// 1,000,000 fakes, or words that run into one another.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public FakeMask(
        MaskingKey key,
        string field,
        FakeTemplate template,
        FakeUniqueness uniqueness = FakeUniqueness.Shared,
        MaskNormalization normalization = MaskNormalization.IgnoreCase) =>
        _body = new FakeBody(key, field, template, uniqueness, normalization);

    /// <inheritdoc/>
    /// <remarks>Reversible for <see cref="FakeUniqueness.Numbered"/> alone.</remarks>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic | (_body is { IsReversible: true } ? MaskTraits.Reversible : MaskTraits.None);

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => KeyedMasking.GetMaxLength(_body, sourceLength);

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        KeyedMasking.TryMask(_body, source, destination, out charsWritten);

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        KeyedMasking.TryMask(_body, utf8, destination, out bytesWritten);
}
