using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>One member of an object: its value's shape, how it is set, and what JSON calls it.</summary>
internal sealed class MaskedMember(ISymbol symbol, ValueShape shape, JsonMember? json)
{
    public ISymbol Symbol => symbol;

    public ValueShape Shape => shape;

    /// <summary>How it stands in JSON; null if it does not.</summary>
    public JsonMember? Json => json;

    public string Name => symbol.Name;

    /// <summary>The member as read from <c>value</c>.</summary>
    public string Read => "value." + Names.Escape(symbol.Name);

    public bool IsRequired => symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>Whether the text form shows it.</summary>
    public bool IsFormatted => MemberSymbols.IsPublic(symbol) && !shape.IsErased;
}
