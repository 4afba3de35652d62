namespace Abm.Privacy.Encryption;

/// <summary>A record that a rewrap left as it is because one of its fields cannot be read.</summary>
/// <param name="Cursor">The record's place in the source's order (<see cref="RewrapRecord.Cursor"/>): its key as text, so personal data if the key is.</param>
/// <param name="Field">The name of the field.</param>
/// <param name="Code">Why.</param>
public sealed record RewrapFailure(string Cursor, string Field, PrivacyErrorCode Code);
