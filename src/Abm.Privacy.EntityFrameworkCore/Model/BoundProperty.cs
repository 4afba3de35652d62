using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>A property whose text is bound into envelopes: a part of the key, the tenant or the subject.</summary>
internal sealed class BoundProperty(IProperty property)
{
    private readonly Func<object?, object?>? _convert =
        RecordText.IsSupported(property.ClrType) ? null : property.GetTypeMapping().Converter?.ConvertToProvider;

    public IProperty Property => property;

    public string Name => property.Name;

    /// <summary>Whether it stands for a key that the database makes.</summary>
    public bool IsRow => !property.IsPrimaryKey();

    /// <summary>Whether another row has the value already.</summary>
    public bool IsReference => property.IsForeignKey();

    /// <summary>Whether an entry has it.</summary>
    public bool IsKnown(EntityEntry entry) => entry.Property(property) is { IsTemporary: false, CurrentValue: { } value } && TextOf(value) is not null;

    /// <summary>The text, as an entry has it now.</summary>
    /// <exception cref="InvalidOperationException">There is none yet.</exception>
    public string Read(EntityEntry entry)
    {
        var current = entry.Property(property);
        return current.IsTemporary ? throw Missing() : TextOf(current.CurrentValue) ?? throw Missing();
    }

    /// <summary>The text of an instance, tracked or not.</summary>
    /// <exception cref="InvalidOperationException">There is none, or the instance does not hold it and is not tracked.</exception>
    public string Read(object instance, DbContext context)
    {
        if (!property.IsShadowProperty())
        {
            return TextOf(property.GetGetter().GetClrValueUsingContainingEntity(instance)) ?? throw Missing();
        }

        var entry = context.Entry(instance);
        return entry.State != EntityState.Detached
            ? Read(entry)
            : throw new InvalidOperationException(
                $"{property.DeclaringType.DisplayName()}.{Name} is needed to reveal the record, and the instance does not hold it. "
                + "Query it with tracking, or give the class a Guid property and name it with HasRecord.");
    }

    /// <summary>Gives a new row its Guid.</summary>
    public void Make(EntityEntry entry)
    {
        var current = entry.Property(property);
        if (TextOf(current.CurrentValue) is null)
        {
            current.CurrentValue = Guid.CreateVersion7(); // indexes well
        }
    }

    /// <summary>Whether a stored row gets another value.</summary>
    public bool IsChanged(EntityEntry entry)
    {
        var current = entry.Property(property);
        return TextOf(current.CurrentValue) != TextOf(current.OriginalValue);
    }

    /// <summary>The property's value that has the text.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public object Parse(string text) => _convert is null
        ? RecordText.Parse(property.ClrType, text)
        : property.GetTypeMapping().Converter!.ConvertFromProvider(RecordText.Parse(property.GetTypeMapping().Converter!.ProviderClrType, text))!;

    /// <summary>The property's value as a text; null if it is none.</summary>
    public string? Write(object? value) => TextOf(value);

    private string? TextOf(object? value) => RecordText.Of(_convert is null ? value : _convert(value));

    private InvalidOperationException Missing() => new(
        $"{property.DeclaringType.DisplayName()}.{Name} has no value, and protected values are bound to it. Set it before saving; where it stands for a key of the database, load the row instead of attaching it.");
}
