using System.Collections;
using Abm.Privacy.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>Finds the owners of owned instances: they alone know tenant, subject and often the record.</summary>
internal sealed class OwnedRows(DbContext context)
{
    private readonly Dictionary<object, Owner> _owners = new(ReferenceEqualityComparer.Instance);

    /// <summary>Notes what an instance owns.</summary>
    public void Add(EntityEntry root, ProtectedEntity entity) => Add(new Owner(root.Entity, entity, root, entity));

    /// <summary>The owner of an owned instance, at any depth below its root.</summary>
    public Owner OwnerOf(EntityEntry owned) => _owners.TryGetValue(owned.Entity, out var owner)
        ? owner
        : throw new InvalidOperationException(
            $"A {owned.Metadata.DisplayName()} with protected values is tracked and its owner is not, or refers to another one. Load and save it through its owner.");

    /// <summary>The record that an instance's values are bound to: its own or the nearest owner's that has one.</summary>
    public string RecordOf(EntityEntry entry, ProtectedEntity entity)
    {
        var (holder, of) = HolderOf(entry, entity);
        return of.RecordOf(holder);
    }

    /// <summary>The entry whose record that is.</summary>
    public (EntityEntry Entry, ProtectedEntity Entity) HolderOf(EntityEntry entry, ProtectedEntity entity)
    {
        while (entity.HasOwnersRecord)
        {
            var owner = OwnerOf(entry);
            (entry, entity) = (owner.Instance == owner.Root.Entity ? owner.Root : context.Entry(owner.Instance), owner.Entity);
        }

        return (entry, entity);
    }

    private void Add(Owner owner)
    {
        foreach (var (navigation, part) in owner.Entity.Parts)
        {
            foreach (var child in ChildrenOf(navigation.GetGetter().GetClrValueUsingContainingEntity(owner.Instance), navigation.IsCollection))
            {
                _owners[child] = owner;
                Add(owner with { Instance = child, Entity = part });
            }
        }
    }

    internal static IEnumerable<object> ChildrenOf(object? value, bool isCollection) => value switch
    {
        null => [],
        IEnumerable many when isCollection => many.Cast<object>(),
        _ => [value],
    };

    /// <param name="Instance">The owning instance.</param>
    /// <param name="Entity">What is protected of it.</param>
    /// <param name="Root">The entry at the top.</param>
    /// <param name="RootEntity">What is protected of that.</param>
    internal sealed record Owner(object Instance, ProtectedEntity Entity, EntityEntry Root, ProtectedEntity RootEntity);
}
