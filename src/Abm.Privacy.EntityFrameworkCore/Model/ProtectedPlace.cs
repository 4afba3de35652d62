using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>A protected property as it is declared in a model: today's names, and where it stands.</summary>
/// <param name="Root">The entity type whose record it belongs to; the owner's, for an owned type.</param>
/// <param name="Holder">The entity type whose entries hold it; an owned type or the root itself.</param>
/// <param name="Property">The property.</param>
/// <param name="Path">The way from the root's class to the property: navigations, complex properties and the property.</param>
internal sealed record ProtectedPlace(
    IReadOnlyEntityType Root, IReadOnlyEntityType Holder, IReadOnlyProperty Property, IReadOnlyList<IReadOnlyPropertyBase> Path)
{
    /// <summary>Today's name: what a baseline calls it.</summary>
    public string PathText => string.Join('.', Path.Select(part => part.Name));

    /// <summary>How a message calls it.</summary>
    public string Text => $"{Root.DisplayName()}.{PathText}";
}
