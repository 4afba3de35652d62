using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy.Classification;

/// <summary>
/// What a field is, as a dotted lower-case name such as <c>contact.email</c>. A class covers itself and every class
/// below it: <c>contact</c> covers <c>contact.email</c>, <c>cont</c> does not. The default value is
/// <see cref="Unknown"/>, which gets the safest treatment everywhere.
/// </summary>
public readonly struct DataClass : IEquatable<DataClass>
{
    /// <summary>The greatest length of a name, in characters.</summary>
    public const int MaxLength = DottedName.MaxLength;

    private readonly string? _name;

    /// <summary>Creates a data class from its name.</summary>
    /// <param name="name">
    /// Parts joined by dots; a part starts with a letter and holds <c>a</c> to <c>z</c>, digits and hyphens.
    /// At most <see cref="MaxLength"/> characters.
    /// </param>
    /// <exception cref="ArgumentException">The name has another form.</exception>
    public DataClass(string name)
    {
        if (!DottedName.IsValid(name))
        {
            throw new ArgumentException("This is not the name of a data class. Write lower-case parts joined by dots, for example 'contact.email'.", nameof(name));
        }

        _name = name;
    }

    /// <summary>The class of a field that nobody declared. It is covered by no other class and covers none.</summary>
    public static DataClass Unknown => default;

    /// <summary>The dotted name; empty for <see cref="Unknown"/>.</summary>
    public string Name => _name ?? "";

    /// <summary>Whether this is <see cref="Unknown"/>.</summary>
    public bool IsUnknown => _name is null;

    /// <summary>The class one level up; <see cref="Unknown"/> for a class of one part.</summary>
    public DataClass Parent => Name.LastIndexOf('.') is var dot and > 0 ? new DataClass(Name[..dot]) : Unknown;

    /// <summary>Compares two classes by name.</summary>
    /// <param name="left">One class.</param>
    /// <param name="right">The other class.</param>
    /// <returns>Whether they are the same class.</returns>
    public static bool operator ==(DataClass left, DataClass right) => left.Equals(right);

    /// <summary>Compares two classes by name.</summary>
    /// <param name="left">One class.</param>
    /// <param name="right">The other class.</param>
    /// <returns>Whether they are different classes.</returns>
    public static bool operator !=(DataClass left, DataClass right) => !left.Equals(right);

    /// <summary>Creates a data class if the name has the right form.</summary>
    /// <param name="name">The name; see the constructor.</param>
    /// <param name="dataClass">The class, or <see cref="Unknown"/>.</param>
    /// <returns>Whether the name has the right form.</returns>
    public static bool TryCreate([NotNullWhen(true)] string? name, out DataClass dataClass)
    {
        var valid = DottedName.IsValid(name);
        dataClass = valid ? new DataClass(name!) : Unknown;
        return valid;
    }

    /// <summary>Whether the other class is this one or lies below it.</summary>
    /// <param name="other">The class that may be covered.</param>
    /// <returns>False if either is <see cref="Unknown"/>.</returns>
    public bool Covers(DataClass other) =>
        !IsUnknown && DottedName.Covers(Name, other.Name);

    /// <inheritdoc/>
    public bool Equals(DataClass other) => string.Equals(_name, other._name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DataClass other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _name is null ? 0 : string.GetHashCode(_name, StringComparison.Ordinal);

    /// <summary>The dotted name.</summary>
    /// <returns>The name, or <c>(unknown)</c>.</returns>
    public override string ToString() => _name ?? "(unknown)";
}
