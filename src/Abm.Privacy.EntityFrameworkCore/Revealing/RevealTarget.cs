using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>A sealed value that shall be revealed.</summary>
/// <param name="Position">Its entity's position.</param>
/// <param name="Value">The value.</param>
/// <param name="Field">The property.</param>
/// <param name="Context">Where it stands.</param>
/// <param name="Subject">Whose it is.</param>
internal sealed record RevealTarget(int Position, ProtectedValue Value, ProtectedField Field, FieldContext Context, SubjectId Subject);
