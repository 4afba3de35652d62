namespace Abm.Privacy.Generators.Masking;

/// <summary>The generated file of one type. Text only: equal texts are equal steps.</summary>
internal sealed class MaskedSource(string name, string text, string? registration) : IEquatable<MaskedSource>
{
    /// <summary>The file's name.</summary>
    public string Name => name;

    public string Text => text;

    /// <summary>The expression that registers the type's mask; null for a generic type.</summary>
    public string? Registration => registration;

    public bool Equals(MaskedSource? other) => other is not null && name == other.Name && text == other.Text;

    public override bool Equals(object? obj) => obj is MaskedSource other && Equals(other);

    public override int GetHashCode() => name.GetHashCode();
}
