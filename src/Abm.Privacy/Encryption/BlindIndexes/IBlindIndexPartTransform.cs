namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// A transform that keeps a part of the value, and reads that part alone too: an e-mail address is stored by its domain and
/// found by a domain. Both ways write one text.
/// </summary>
/// <typeparam name="TValue">The type of the stored values.</typeparam>
/// <typeparam name="TPart">The type of the part that is searched for.</typeparam>
public interface IBlindIndexPartTransform<TValue, TPart> : IBlindIndexTransform<TValue>
    where TValue : notnull
    where TPart : notnull
{
    /// <summary>Gives the normal text of a part, exactly as <see cref="IBlindIndexTransform{TValue}.Normalize"/> writes it for a value with that part.</summary>
    /// <param name="part">The part.</param>
    /// <returns>The normal text.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.IdentifierInvalid"/>: it is no such part.</exception>
    string NormalizePart(TPart part);
}
