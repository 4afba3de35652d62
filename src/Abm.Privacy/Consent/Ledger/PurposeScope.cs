using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// What an event speaks of: a purpose with everything below it, or <c>*</c>, every purpose. A purpose's parent is its name without the last
/// part, so purposes cannot form a circle.
/// </summary>
[JsonConverter(typeof(PurposeScopeJsonConverter))]
public readonly struct PurposeScope : IEquatable<PurposeScope>
{
    private readonly string? _name;

    /// <summary>Creates the scope of a purpose.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <exception cref="InvalidOperationException">The purpose was never set.</exception>
    public PurposeScope(Purpose purpose) => _name = purpose.Name;

    private PurposeScope(string name) => _name = name;

    /// <summary>Every purpose: <c>*</c>. A consent to everything is not specific and permits nothing where the law asks for more.</summary>
    public static PurposeScope Everything { get; } = new("*");

    /// <summary>The purpose's name, or <c>*</c>.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Name => _name ?? throw new InvalidOperationException("This PurposeScope was never set. Use a Purpose, or PurposeScope.Everything.");

    /// <summary>Whether the value was never set.</summary>
    public bool IsUnset => _name is null;

    /// <summary>Whether it is <see cref="Everything"/>.</summary>
    public bool IsEverything => _name == "*";

    /// <summary>The purpose; null for <see cref="Everything"/>.</summary>
    public Purpose? Purpose => IsEverything ? null : new Purpose(Name);

    /// <summary>How narrow it is: 0 for everything, then one more for each part of the name.</summary>
    internal int Depth => IsEverything ? 0 : 1 + Name.Count(c => c == '.');

    /// <summary>The scope of a purpose.</summary>
    /// <param name="purpose">The purpose.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the alternative.")]
    public static implicit operator PurposeScope(Purpose purpose) => new(purpose);

    /// <summary>Compares two scopes by name.</summary>
    /// <param name="left">One scope.</param>
    /// <param name="right">The other scope.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(PurposeScope left, PurposeScope right) => left.Equals(right);

    /// <summary>Compares two scopes by name.</summary>
    /// <param name="left">One scope.</param>
    /// <param name="right">The other scope.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(PurposeScope left, PurposeScope right) => !left.Equals(right);

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A purpose's name or <c>*</c>; null is refused.</param>
    /// <param name="scope">The scope, or the unset one.</param>
    /// <returns>Whether the text is a scope.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PurposeScope scope)
    {
        var valid = text == "*" || DottedName.IsValid(text);
        scope = valid ? new PurposeScope(text!) : default;
        return valid;
    }

    /// <summary>Whether a purpose lies in the scope.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns>False if either was never set.</returns>
    public bool Covers(Purpose purpose) => !purpose.IsUnset && _name is not null && (IsEverything || DottedName.Covers(_name, purpose.Name));

    /// <inheritdoc/>
    public bool Equals(PurposeScope other) => string.Equals(_name, other._name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PurposeScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _name is null ? 0 : string.GetHashCode(_name, StringComparison.Ordinal);

    /// <summary>The purpose's name, or <c>*</c>.</summary>
    /// <returns>The text, or <c>(unset)</c>.</returns>
    public override string ToString() => _name ?? "(unset)";
}
